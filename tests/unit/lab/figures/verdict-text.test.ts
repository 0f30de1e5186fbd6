import { expect, test } from "vitest";
import { claims } from "../../../../src/experiment/figures/claims";
import { judgedBy } from "../../../../src/experiment/sketch";
import { verdictText } from "../../../../src/lab/figures/VerdictLine";
import { recordedReport } from "../recorded-report";

const textOf = (name: keyof typeof claims) =>
  verdictText(judgedBy(claims[name], recordedReport(name)));

test("a claim that holds is numbers and a word", () => {
  expect(textOf("seeds")).toEqual({
    numbers: "paper −1 to +5 · here at most +2.1 ± 0.3 at block 5",
    verdict: "holds",
    more: " · 4 of 5 claims hold",
  });
});

test("a claim that does not hold says why", () => {
  expect(textOf("width")).toEqual({
    numbers: "paper gains under 1, no losses · here at most +4.2 ± 0.4 at block 2",
    verdict: "does not hold here",
    more: ", perhaps because four channels leave an early stitch little room · 1 of 2 claims hold",
  });
});

test("what the paper does not have is not called the paper's", () => {
  expect(textOf("transformer").numbers).toMatch(/^not in the paper · here /);
});

test("where all claims hold, they are not counted", () => {
  expect(textOf("deep").more).toBe("");
});
