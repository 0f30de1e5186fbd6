import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { claims } from "../../../../src/experiment/figures/claims";
import { judgedBy, leadOf } from "../../../../src/experiment/sketch";
import { ClaimList, leadText, verdictText } from "../../../../src/lab/figures/VerdictLine";
import { recordedReport } from "../recorded-report";

const textOf = (name: keyof typeof claims) =>
  verdictText(judgedBy(claims[name], recordedReport(name)));

test("a claim that holds is numbers and a word", () => {
  expect(textOf("seeds")).toEqual({
    numbers: "paper: −1 to +5 · here: at most +2.1 ± 0.3 at block 5",
    verdict: "holds",
    more: " · 4 of 5 claims hold",
  });
});

test("a claim that does not hold says why", () => {
  expect(textOf("width")).toEqual({
    numbers: "paper: gains under 1, no losses · here: at most +4.2 ± 0.4 at block 2",
    verdict: "does not hold here",
    more: ", perhaps because four channels leave an early stitch little room · 1 of 2 claims hold",
  });
});

test("what the paper does not have is not called the paper's", () => {
  expect(textOf("transformer").numbers).toMatch(/^not in the paper · here: /);
});

test("where all claims hold, they are not counted", () => {
  expect(textOf("deep").more).toBe("");
});

test("every claim is listed with the paper's value, ours and its verdict", () => {
  const judged = judgedBy(claims.seeds, recordedReport("seeds"));
  const list = renderToStaticMarkup(createElement(ClaimList, { judged })).replace(/<[^>]*>/g, "");
  expect(judged.list).toHaveLength(claims.seeds.length);
  for (const { statement, ours } of judged.list ?? []) {
    expect(list).toContain(statement);
    expect(list).toContain(`here: ${ours} · `);
  }
  expect(list).toContain("does not hold here, perhaps because 16 random filters");
});

test("how far the highest layer is above the next one is said with its error", () => {
  const { curves } = recordedReport("seeds");
  const [first] = curves[0].sites;
  if (!first) throw new Error("no layers");
  const site = (name: string, penalty: number, penaltyStandardError: number) => ({
    ...first,
    name,
    penalty,
    penaltyStandardError,
  });
  const lead = leadOf({
    sites: [site("block 3", 0.015, 0.004), site("block 5", 0.021, 0.003), site("stem", 0, 0.01)],
  });
  expect(lead).toEqual({ highest: "block 5", next: "block 3", points: 0.6, standardError: 0.5 });
  expect(lead && leadText(lead)).toMatch(
    /^Block 5 is above block 3 \(the next highest\) by 0\.6 ± 0\.5 points; both .* same images/,
  );
  expect(leadOf({ sites: [first] })).toBeUndefined();
});
