/** The card of the figure without a saved result: which files it needs, and when it opens. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { Architecture } from "../../../../src/core/nets/architecture-schema";
import type { StoredModel } from "../../../../src/engine/user-model";
import { imagenetFigure, imagenetNetworks } from "../../../../src/experiment/figures/imagenet";
import { ownImages, ownNetwork, type ScriptedEngine } from "../fakes";
import { mountPage, type Mounted } from "../mounted-page";

const side = { height: 224, width: 224 };
const architecture: Architecture = {
  ...{ family: "resnet", blocks: [3, 4, 6, 3], width: 64, expansion: 4, stem: "imagenet" },
  ...{ input: { ...side, channels: 3 }, classes: 1_000 },
};
const [top, ...others] = imagenetNetworks.map(({ out }, place): StoredModel => ({
  ...ownNetwork(out, String(place + 1)),
  architecture,
}));
const names = Array.from({ length: 1_000 }, (_, k) => `class ${k}`);
const photos = ownImages(names, side);

async function opened(script: (engine: ScriptedEngine) => void): Promise<Mounted> {
  const mounted = await mountPage("#figure=seeds", script);
  await page.getByRole("button", { name: /^Figures: / }).click();
  await page.getByRole("button", { name: new RegExp(imagenetFigure.title) }).click();
  return mounted;
}

const openButton = () => page.getByRole("button", { name: "Open the figure" });

test("the figure on ImageNet names its files and commands, and does not open without them", async () => {
  await opened(() => undefined);
  for (const { name, from, address } of imagenetNetworks) {
    const part = page.getByRole("region", { name, exact: true });
    await expect.element(part).toHaveTextContent(from);
    await expect.element(part).toHaveTextContent("Not chosen yet.");
    await expect.element(part).toHaveTextContent("python3 -m zoo.convert");
    const links = part.getByRole("link").elements();
    expect(links.map((link) => link.getAttribute("href"))).toContain(address);
  }
  await expect.element(page.getByRole("button", { name: "Choose converted files…" })).toBeEnabled();
  await expect.element(openButton()).toBeDisabled();
});

test.each([
  ["the images", { shelf: [top, others[0]], sets: [] }],
  ["the first network", { shelf: others, sets: [photos] }],
  ["one of the other networks", { shelf: [top], sets: [photos] }],
  ["images of its size", { shelf: [top, others[0]], sets: [ownImages(names)] }],
])("it does not open without %s", async (_, { shelf, sets }) => {
  await opened((engine) => {
    engine.shelf = shelf.flatMap((model) => model ?? []);
    engine.dataSets = sets;
  });
  await expect.element(openButton()).toBeDisabled();
});

test("it opens with the files that are chosen in it, the others’ curves included", async () => {
  const { bar, engine } = await opened((engine) => {
    engine.dataSets = [photos];
    for (const model of [top, ...others].slice(0, 3)) {
      if (model) engine.networks.set(model.name, model);
    }
  });
  const given = [top, ...others].slice(0, 3).flatMap((model) => model?.name ?? []);
  await userEvent.upload(
    page.getByRole("dialog").getBySelector("input[accept^='.onnx,.safetensors']"),
    given.map((name) => new File(["weights"], name)),
  );
  await openButton().click();
  const hash = (digit: string): string => `sha256:${digit.repeat(64)}`;
  expect(bar.hash()).toContain(`bottom=${hash("2")}&top=${hash("1")}`);
  expect(bar.hash()).toContain(`data=${photos.ref}`);
  expect(bar.hash()).toContain(`also=${hash("3")}`);
  expect(bar.hash()).not.toContain("target=");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  expect(engine.shelf).toHaveLength(3);
});
