/** The buttons of a run, and of a file taken in, where one takes another's place. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { cancelled } from "../../../../src/experiment/events";
import { ownNetwork } from "../fakes";
import { mountPage, openSettings, ownAddress } from "../mounted-page";

const pressedTwice = new MouseEvent("click", { bubbles: true });
const doublePressIsOver = () => new Promise((resolve) => setTimeout(resolve, 600));

test("a second press on Run does not cancel the run", async () => {
  const { engine } = await mountPage(ownAddress);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const cancel = page.getByRole("button", { name: "Cancel" });
  await expect.element(cancel).toBeVisible();
  cancel.element().dispatchEvent(pressedTwice);
  await doublePressIsOver();
  await expect.element(cancel).toBeEnabled();
  await cancel.click();
  await expect.element(cancel).toBeDisabled();
  expect(engine.runs).toHaveLength(1);
});

test("a second press on Cancel does not start the run again", async () => {
  const { engine } = await mountPage(ownAddress);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await doublePressIsOver();
  await page.getByRole("button", { name: "Cancel" }).click();
  engine.runs[0]?.events.fail(cancelled());
  const run = page.getByRole("button", { name: "Run", exact: true });
  await expect.element(run).toBeEnabled();
  // At once: a real click may come too late on a busy machine.
  run.element().dispatchEvent(pressedTwice);
  expect(engine.runs).toHaveLength(1);
  await doublePressIsOver();
  await run.click();
  expect(engine.runs).toHaveLength(2);
});

test("Run starts another experiment right after one that has ended", async () => {
  const { engine, bar } = await mountPage(ownAddress);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  engine.runs[0]?.events.end();
  bar.type(`${ownAddress}&seed=7`);
  const run = page.getByRole("button", { name: "Run", exact: true });
  await expect.element(run).toBeEnabled();
  run.element().dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(engine.runs).toHaveLength(2);
});

test("choosing a file as one network leaves the other choice where it is", async () => {
  await mountPage(ownAddress, (engine) => {
    engine.networks.set("mine.safetensors", ownNetwork("mine.safetensors", "a", 16));
  });
  await openSettings();
  await userEvent.upload(
    page.getBySelector("input[accept^='.onnx,.safetensors']"),
    new File(["mine"], "mine.safetensors"),
  );
  const leftOfTop = (): number | undefined =>
    page
      .getByRole("button", { name: /as top network/ })
      .element()
      .getBoundingClientRect().left;
  const bottom = page.getByRole("button", { name: "Use as bottom network" });
  await expect.element(bottom).toBeVisible();
  const before = leftOfTop();
  await bottom.click();
  await expect.element(bottom).toBeDisabled();
  expect(leftOfTop()).toBe(before);
});
