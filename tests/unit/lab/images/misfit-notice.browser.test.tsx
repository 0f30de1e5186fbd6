/** A top of other classes than the images: agreement or a new head, asked plainly. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import type { StoredModel } from "../../../../src/engine/user-model";
import { ownImages, ownNetwork, type ScriptedEngine } from "../fakes";
import { mountPage, type Mounted } from "../mounted-page";

const many = ownNetwork("many.onnx", "b");
const top: StoredModel = { ...many, architecture: { ...many.architecture, classes: 1_000 } };
const photos = ownImages(["cat", "dog", "cow", "hen"]);
const ref = (digit: string): string => `sha256:${digit.repeat(64)}`;
const refitted: StoredModel = {
  ...ownNetwork("many.onnx + linear head on photos", "c"),
  architecture: { ...many.architecture, classes: 4 },
  joined: {
    trunk: top.sha256,
    head: { type: "fitted", data: photos.ref, trainImages: 400, testImages: 100, testError: 0.2 },
  },
};

function opened(script: (engine: ScriptedEngine) => void = () => undefined): Promise<Mounted> {
  const rest = `protocol=glance&sites=2&data=${photos.ref}&train=400&test=100&backend=wasm`;
  return mountPage(`#v=3&bottom=${ref("b")}&top=${ref("b")}&${rest}`, (engine) => {
    engine.shelf = [top];
    engine.dataSets = [photos];
    script(engine);
  });
}

const notice = () => page.getByRole("region", { name: "Networks and images" });
const fitButton = () => notice().getByRole("button", { name: /^Fit a new head/ });

test("both ways on are offered; agreement needs no other network", async () => {
  const { bar } = await opened();
  await expect
    .element(notice())
    .toHaveTextContent("many.onnx answers with 1,000 classes; photos has 4.");
  await expect.element(fitButton()).toBeEnabled();
  await expect.element(notice()).toHaveTextContent("a linear layer for the 4 classes of photos");
  await notice().getByRole("button", { name: "Measure agreement" }).click();
  await expect.element(notice()).not.toBeInTheDocument();
  expect(bar.hash()).toContain("&target=top");
});

test("a new head is fitted, with its progress, and the experiment has the new network", async () => {
  const { bar, engine } = await opened();
  await fitButton().click();
  expect(engine.fits).toMatchObject([{ base: top.sha256, data: photos.ref, backend: "wasm" }]);
  engine.fits[0]?.control.report({ fraction: 0.5, activity: "features of 200 images" });
  await expect.element(notice()).toHaveTextContent("features of 200 images");
  await notice().getByRole("button", { name: "Cancel" }).click();
  await expect.element(fitButton()).toBeEnabled();

  engine.joinedNetworks.set(top.sha256, refitted);
  await fitButton().click();
  await expect.element(notice()).not.toBeInTheDocument();
  const named = `${ref("b")}:linear:${photos.ref}`;
  expect(bar.hash()).toContain(`bottom=${named}&top=${named}&`);
  await expect.element(page.getByRole("button", { name: "Run", exact: true })).toBeEnabled();
});

test("networks of different classes cannot agree, and it says why; a new head is offered", async () => {
  const few = ownNetwork("few.onnx", "d");
  await opened((engine) => {
    engine.shelf = [top, { ...few, architecture: { ...few.architecture, classes: 7 } }];
  });
  await expect.element(fitButton()).toBeEnabled();
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByLabelText("Bottom network").selectOptions("few.onnx");
  await expect
    .element(notice().getByRole("button", { name: "Measure agreement" }))
    .not.toBeInTheDocument();
  await page.getByRole("radio", { name: /the top’s own answer/ }).click();
  await expect.element(notice()).toHaveTextContent("both networks need the same classes");
  await expect.element(fitButton()).toBeEnabled();
});

test("a link that names a head fits it to a network that is here", async () => {
  const named = `${ref("b")}:linear:${photos.ref}`;
  const { engine } = await mountPage(
    `#v=3&bottom=${named}&top=${named}&protocol=glance&sites=2&data=${photos.ref}&train=400&test=100&backend=wasm`,
    (engine) => {
      engine.shelf = [top];
      engine.dataSets = [photos];
      engine.joinedNetworks.set(top.sha256, refitted);
    },
  );
  const asks = page.getByRole("region", { name: "This link needs a linear head" });
  await expect.element(asks).toHaveTextContent("many.onnx");
  await expect.element(page.getByRole("button", { name: "Run", exact: true })).toBeDisabled();
  await asks.getByRole("button", { name: /^Fit the head/ }).click();
  await expect.element(asks).not.toBeInTheDocument();
  expect(engine.fits).toMatchObject([{ base: top.sha256, data: photos.ref }]);
  await expect.element(page.getByRole("button", { name: "Run", exact: true })).toBeEnabled();
});
