/** What each network answers: rendered alone, since the view around it needs a worker. */
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { targetWords } from "../../../../src/lab/format/target-words";
import { AnswerBars } from "../../../../src/lab/see-stitch/AnswerBars";
import { answerOf } from "../../../../src/lab/see-stitch/answers";

let root: Root | undefined;
afterEach(() => root?.unmount());

test("a bottom without a head has no bars, and its column says so", async () => {
  const classes = { names: ["cat", "dog"], groupings: [] };
  const answer = (...probabilities: number[]) =>
    answerOf(Float32Array.from(probabilities), 0, classes);
  root = createRoot(document.body.appendChild(document.createElement("div")));
  root.render(
    <AnswerBars
      label="cat"
      bottom={null}
      stitched={answer(0.25, 0.75)}
      top={answer(0.875, 0.125)}
      words={targetWords({})}
    />,
  );
  const heads = page.getByRole("columnheader");
  await expect.element(heads.nth(0)).toHaveTextContent(/^B alone\s*has no head$/);
  await expect.element(heads.nth(1)).toHaveTextContent("dog");
  const row = page.getByRole("row", { name: /^cat/ });
  const cells = row.getByRole("cell");
  await expect.element(cells.nth(0)).toHaveTextContent(/^$/);
  await expect.element(cells.nth(1)).toHaveTextContent("25%");
  await expect.element(cells.nth(2)).toHaveTextContent("88%");
});
