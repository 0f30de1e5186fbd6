import { expect, test } from "vitest";
import { claims } from "../../../../src/experiment/figures/claims";
import { judgedBy } from "../../../../src/experiment/sketch";
import { verdictText } from "../../../../src/lab/figures/verdict-text";
import { recordedReport } from "../recorded-report";

const textOf = (name: keyof typeof claims) =>
  verdictText(judgedBy(claims[name], recordedReport(name)));

test("a claim that holds is numbers and a word", () => {
  expect(textOf("seeds")).toEqual({
    numbers: "paper −1 to +5 · here at most +2.1 ± 0.3 at block 5",
    verdict: "holds",
    count: "4 of 5 claims hold",
  });
});

test("a claim that does not hold says which one, and why", () => {
  const { numbers, verdict } = textOf("width");
  expect(numbers).toContain("“A wider bottom costs almost nothing at any layer”");
  expect(numbers).toContain("here at most +4.2 ± 0.4 at block 2");
  expect(verdict).toMatch(/^does not hold here, perhaps because /);
});

test("what the paper does not have is not called the paper's", () => {
  expect(textOf("transformer").numbers).toMatch(/^not in the paper · here /);
  expect(textOf("halves").count).toBeNull();
});
