import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { claims } from "../../../../src/experiment/figures/claims";
import { judgedBy, leadOf } from "../../../../src/experiment/sketch";
import { ClaimList, leadText, verdictText } from "../../../../src/lab/figures/VerdictLine";
import { recordedReport } from "../recorded-report";

const textOf = (name: keyof typeof claims) =>
  verdictText(judgedBy(claims[name], recordedReport(name)));

test("where the first claim holds and another does not, the word says so", () => {
  expect(textOf("seeds")).toEqual({
    numbers: "paper: −1 to +5 · here: at most +2.1 ± 0.3 at block 5",
    verdict: "holds in part",
    reason: "",
    count: "4 of 5 claims hold",
  });
});

test("a claim that does not hold says why", () => {
  expect(textOf("width")).toEqual({
    numbers: "paper: no losses · here: at most +5.9 ± 0.4 at block 2, with 8 filters",
    verdict: "does not hold here",
    reason: ", perhaps because four channels leave an early stitch little room",
    count: "1 of 3 claims holds",
  });
});

test("what the paper does not have is not called the paper's", () => {
  expect(textOf("transformer").numbers).toMatch(/^not in the paper · here: /);
});

test("a gain is not called a cost of at most less than nothing", () => {
  const { numbers, count } = textOf("time");
  expect(numbers).toBe("paper: no losses · here: gains at every layer, least −2.6 ± 0.3 at stem");
  // The paper's gains are under 1.
  expect(count).toBe("2 of 3 claims hold");
});

test("where ours is far more than the paper's, it says so", () => {
  expect(textOf("random").numbers).toBe(
    "paper: about +34 · here: at least that, up to +69.5 ± 0.5 at block 8",
  );
});

test("values of several curves say whose they are", () => {
  expect(textOf("similar").numbers).toMatch(
    /here: \+2\.9 ± 0\.3 with 10,000 images, .* \+1\.4 ± 0\.2 with 50,000 images, at block 4$/,
  );
});

test("where all claims hold, that is said in a word; one alone is not counted", () => {
  expect(textOf("deep")).toMatchObject({ verdict: "holds", count: "both claims hold" });
  expect(textOf("similar").count).toBe("");
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
    /^Block 5 is above block 3 \(the next highest\) by 0\.6 ± 0\.5 points\. .* other seeds can differ by more\.$/,
  );
  expect(leadOf({ sites: [first] })).toBeUndefined();
});
