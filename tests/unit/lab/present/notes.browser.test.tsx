/** Speaker notes and the slide that they follow. The test is the other window. */
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { presets } from "../../../../src/experiment/figures";
import {
  openSlideChannel,
  type SlideChannel,
  type SlideMessage,
} from "../../../../src/lab/present/slide-channel";
import { mountPage } from "../mounted-page";

let other: SlideChannel | undefined;
afterEach(() => other?.close());

function otherWindow(): SlideMessage[] {
  const heard: SlideMessage[] = [];
  other = openSlideChannel((message) => heard.push(message));
  return heard;
}

test("notes ask where the slide is, show its figure, and move it by Page Down", async () => {
  const heard = otherWindow();
  await mountPage("?notes");
  await expect.element(page.getByText(/^Waiting for a presentation/)).toBeVisible();
  expect(heard).toContainEqual({ type: "ask" });
  other?.send({
    type: "slide",
    figure: "shuffled",
    step: "all curves",
    stepNumber: 3,
    steps: 5,
    nextStep: "similarity",
    nextFigure: "random",
  });
  const { question, claim, lookFor, scale } = presets.shuffled;
  for (const text of [question, claim, lookFor, scale]) {
    await expect.element(page.getByText(text, { exact: true })).toBeVisible();
  }
  await expect.element(page.getByText("Step 3 of 5: all curves")).toBeVisible();
  await expect.element(page.getByText(/^Next: similarity; then/)).toBeVisible();
  await userEvent.keyboard("{PageDown}");
  await expect.poll(() => heard).toContainEqual({ type: "move", by: 1 });
});

test("a presentation tells its notes every step, and follows their keys", async () => {
  const heard = otherWindow();
  await mountPage("?present#figure=seeds");
  const at = (stepNumber: number) =>
    expect.objectContaining({ type: "slide", figure: "seeds", stepNumber }) as SlideMessage;
  await expect.poll(() => heard).toContainEqual(at(1));
  await userEvent.keyboard("{PageDown}");
  await expect.poll(() => heard).toContainEqual(at(2));
  other?.send({ type: "move", by: 1 });
  await expect.poll(() => heard).toContainEqual(at(3));
});
