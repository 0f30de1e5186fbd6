/** The buttons of a run, and of a file taken in, where one takes another's place. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { cancelled } from "../../../../src/experiment/events";
import { ownNetwork } from "../fakes";
import { mountPage, openSettings, ownAddress } from "../mounted-page";

test("a second press on Cancel does not start the run again", async () => {
  const { engine } = await mountPage(ownAddress);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  engine.runs[0]?.events.fail(cancelled());
  const run = page.getByRole("button", { name: "Run", exact: true });
  await expect.element(run).toBeEnabled();
  // At once: a real click may come too late on a busy machine.
  run.element().dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(engine.runs).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 600));
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
