import { expect, test } from "vitest";
import { bibtexOf } from "../../../../../src/lab/share/export/citation";
import { recordedReport } from "../../recorded-report";

const report = recordedReport("seeds");
const address = "https://lab.example/#v=1&bottom=a&top=b&protocol=quick";
const when = new Date("2026-11-26T12:00:00Z");

test("both entries are present, with the experiment's full address and the date", () => {
  const bibtex = bibtexOf(report, address, (id) => id, when);
  expect(bibtex).toContain("@inproceedings{bansal2021revisiting,");
  expect(bibtex).toContain(`\\url{${address}}`);
  expect(bibtex).toContain("Accessed 2026-11-26");
});

test("no network name breaks the entry", () => {
  const hostile = '100%_{done}\\ & "#1" ^~$.safetensors';
  const bibtex = bibtexOf(report, `${address}{}\\`, () => hostile, when);
  let depth = 0;
  for (const character of bibtex.replace(/\\[#$%&_]/g, "")) {
    if (character === "{") depth++;
    if (character === "}") depth--;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  const title = /title += \{(Stitching penalty.*)\},$/m.exec(bibtex)?.[1] ?? "";
  expect(title).toContain("100\\%\\_");
  expect(title.replace(/\\[#$%&_]/g, "")).not.toMatch(/[#$%&_^~\\]/);
});
