import { expect, test } from "vitest";
import { renderToStaticMarkup } from "react-dom/server";
import { createElement } from "react";
import type { Perturbation } from "../../../../src/experiment/perturbation";
import { StitchSentence, valueText } from "../../../../src/lab/picture/StitchSentence";
import { figurePicture } from "./figure-pictures";
import type { Row } from "../../../../src/lab/session/results/rows";
import { row } from "./plotted";
import { targetWords } from "../../../../src/lab/format/target-words";

const words = targetWords({});

/** What the slider says at a layer. */
function said(value: number | null, fields: Partial<Row> = {}): string {
  return valueText("block 3", row(3, value, fields), words);
}

test("a cost is extra error, with its standard error", () => {
  expect(said(0.1)).toBe("block 3. Extra error: +10.0 ± 1.0 points.");
});

test("asked to agree with the top, it is disagreement, and no error", () => {
  expect(valueText("block 3", row(3, 0.1), targetWords({ target: "top" }))).toBe(
    "block 3. Disagreement with the top: 10.0 ± 1.0 points.",
  );
});

test("a gain is called one only beyond its standard error", () => {
  expect(said(-0.05)).toBe("block 3. Error drops by 5.0 ± 1.0 points.");
  expect(said(-0.01)).toBe("block 3. Extra error: −1.0 ± 1.0 points.");
  expect(said(-0.0101)).toBe("block 3. Error drops by 1.0 ± 1.0 points.");
  expect(said(0)).toBe("block 3. Extra error: 0.0 ± 1.0 points.");
});

test("a stitch that failed is said to be none", () => {
  const failure = { site: 3, name: "block 3", reason: "diverged" } as unknown as Row["failure"];
  expect(said(null, { failure })).toBe("block 3. No stitch here.");
});

test("before a stitch is trained, the least-squares one is said to be no trained one", () => {
  const leastSquares = { value: 0.2, standardError: 0.02, testError: 0.3 };
  expect(said(null, { leastSquares })).toBe(
    "block 3. Least squares: +20.0 ± 2.0 points; not trained yet.",
  );
});

test("nothing is said of what is not known, and similarity where it is", () => {
  expect(valueText("block 3", undefined, words)).toBe("block 3.");
  expect(said(null)).toBe("block 3.");
  expect(said(null, { similarity: { status: "known", value: 0.75 } })).toBe(
    "block 3. Similarity 0.750.",
  );
});

test("what is done to the bottom's representations is said at its layer", () => {
  const { pair } = figurePicture("shuffled").main;
  if (!pair) throw new Error("no networks");
  const place = { name: "block 4", bottomTap: 4, topTap: 4 };
  const sentence = (perturbation: Perturbation): string =>
    renderToStaticMarkup(
      createElement(StitchSentence, { pair, place, perturbation, row: undefined, words }),
    )
      .replace(/<[^>]*>/g, "")
      .replace(/\s/g, " ");
  expect(sentence("none")).toContain("up to block 4 (16 × 16 × 32), the stitch, then");
  expect(sentence("shuffled")).toContain("32), its positions shuffled, the stitch, then");
  expect(sentence("noise-16")).toContain("32), with 16 noise channels, the stitch, then");
  expect(valueText("block 4", row(4, 0.1), words, "shuffled")).toBe(
    "block 4, positions shuffled. Extra error: +10.0 ± 1.0 points.",
  );
});
