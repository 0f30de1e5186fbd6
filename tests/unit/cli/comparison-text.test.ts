import { resolve } from "node:path";
import { expect, test } from "vitest";
import { comparisonText } from "../../../src/cli/comparison-text";
import { readRecorded } from "../../../src/cli/recorded";
import { digestOf } from "../../../src/experiment/address/digest";
import type { Report, SiteFailure } from "../../../src/experiment/report";

const recorded = (await readRecorded(resolve(import.meta.dirname, "../../../public/recorded"))).get(
  "halves",
);
if (recorded?.report.curves.length !== 3) throw new Error("no recorded report of several curves");
const { report } = recorded;
const author = digestOf(report);

test("a report compared with itself is the same everywhere", () => {
  expect(comparisonText(report, author, "the author")).toBe(
    "Compared with the author: the same at 27 of 27 layers, within 0.2 points and one standard error; " +
      "the largest difference is 0.00 points.",
  );
});

test("a layer that differs is named, with both penalties", () => {
  const theirs = author.map((curve, index) =>
    curve.map((penalty, place) =>
      index === 1 && place === 2 ? { penalty: 0.5, standardError: null } : penalty,
    ),
  );
  const [sentence, ...lines] = comparisonText(report, theirs, "the author").split("\n");
  expect(sentence).toContain("the same at 26 of 27 layers");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^curve 2, block 2: [+−]\d\.\d\d here, \+50\.00 there$/);
});

test("a stitch that only one of the two lacks is reported, and one that both lack is the same", () => {
  const failure: SiteFailure = {
    site: 4,
    name: "block 4",
    reason: "singular",
    step: null,
    seed: 0,
    found: "no variance",
  };
  const [first] = report.curves;
  const sites = first.sites.filter(({ site }) => site !== 4);
  const one: Report = { ...report, curves: [{ ...first, sites, failures: [failure] }] };
  const [theirs = []] = author;
  expect(comparisonText(one, [theirs], "the author")).toMatch(
    /the same at 8 of 9 layers.*\nblock 4: no stitch here, [+−]\d\.\d\d there$/s,
  );
  const nobody = theirs.map((penalty, place) => (place === 4 ? null : penalty));
  expect(comparisonText(one, [nobody], "the author")).toContain("the same at 9 of 9 layers");
});
