/** How an ONNX network is read: its layers and the size of its images, where its file leaves them open. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import type { Reading } from "../../../../src/core/onnx/reading";
import type { StoredModel } from "../../../../src/engine/user-model";
import { ownNetwork, type ScriptedEngine } from "../fakes";
import { mountPage } from "../mounted-page";

const sha256 = "b".repeat(64);
const tap = { height: 8, width: 8, channels: 4 };
const onnx: StoredModel = {
  ...ownNetwork("net.onnx", "b"),
  architecture: {
    family: "graph",
    taps: ["layer1.0", "layer2.0"].map((name) => ({ value: name, name, ...tap })),
  },
  contents: { parameters: 1_000, operators: ["Conv"], allTaps: 7, isSizeOpen: true },
};

async function opened(network: StoredModel, id: string): Promise<ScriptedEngine> {
  const { engine } = await mountPage(
    `#v=3&bottom=${id}&top=myrtle-w16-s0&protocol=glance&backend=wasm`,
    (scripted) => scripted.shelf.push(network),
  );
  await page.getByRole("button", { name: "Settings" }).click();
  return engine;
}

test("all layers are one press away, and so is another size, with what else was chosen kept", async () => {
  const engine = await opened(onnx, `sha256:${sha256}`);
  await page.getByRole("button", { name: "Stitch at all 7 layers" }).click();
  const side = page.getByLabelText("Image size in pixels");
  await expect.element(side).toHaveValue("32");
  const use = page.getByRole("button", { name: "Use this size" });
  // Its own size, and none at all, are nothing to use.
  await expect.element(use).toBeDisabled();
  for (const none of ["0", "5000", "2.5", "many"]) {
    await side.fill(none);
    await expect.element(use).toBeDisabled();
  }
  await side.fill("64");
  await use.click();
  const asked: readonly Reading[] = [{ taps: "all" }, { side: 64 }];
  await expect.poll(() => engine.readAgains).toEqual(asked);
});

test("a network with all its layers keeps them with another size, and can go back to its blocks", async () => {
  const reading = { file: sha256, fileBytes: 10, side: 48, taps: "all" } as const;
  const all: StoredModel = {
    ...onnx,
    sha256: "e".repeat(64),
    name: "net.onnx:side=48:taps=all",
    architecture: { ...onnx.architecture, input: { height: 48, width: 48, channels: 3 } },
    reading,
  };
  const engine = await opened(all, `sha256:${sha256}:side=48:taps=all`);
  await expect.element(page.getByText("Stitch at all")).not.toBeInTheDocument();
  await page.getByRole("button", { name: "Stitch only after each block" }).click();
  await page.getByLabelText("Image size in pixels").fill("32");
  await page.getByRole("button", { name: "Use this size" }).click();
  const asked: readonly Reading[] = [{ side: 48 }, { taps: "all" }];
  await expect.poll(() => engine.readAgains).toEqual(asked);
});

test("a file that says it all has nothing to choose", async () => {
  const contents = { parameters: 1_000, operators: ["Conv"], allTaps: 2 };
  await opened({ ...onnx, contents }, `sha256:${sha256}`);
  await expect.element(page.getByText("Layers to stitch at")).toBeVisible();
  await expect.element(page.getByText("Stitch at all")).not.toBeInTheDocument();
  await expect.element(page.getByLabelText("Image size in pixels")).not.toBeInTheDocument();
  await expect.element(page.getByRole("button", { name: "Save as .onnx" })).toBeVisible();
});
