/** Putting probes into a recorded report whose curves are in other reports. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assembled, withRecordedProbes } from "../../../src/cli/recorded";
import { presets } from "../../../src/experiment/figures";
import type { ProbeResult } from "../../../src/experiment/probes";
import { recordedSchema } from "../../../src/experiment/report";
import { withFirstCurve, withProbes } from "../../../src/experiment/spec";

const files = ["random", "simclr"].map((name) =>
  recordedSchema.parse(JSON.parse(readFileSync(`public/recorded/${name}.json`, "utf8"))),
);
const { spec: simclr } = presets.simclr;
const [first, second] = simclr.curves;
const asked = withProbes({ ...simclr, curves: [first, second ?? first] }, ["pooled"]);

test("every curve comes from a report that has it, with that report’s numbers", () => {
  const { report } = assembled(asked, files, "wasm");
  expect(report.spec).toEqual(withProbes(asked, []));
  expect(report.curves).toEqual(files[1]?.report.curves.slice(0, 2));
});

test("a curve that no report has is named", () => {
  const other = withFirstCurve(asked, { seed: 4 });
  expect(() => assembled(other, files, "wasm")).toThrow(
    expect.objectContaining({ code: "not-found", input: "curve 0" }),
  );
  expect(() => assembled(asked, files, "webgpu")).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
});

test("probes are put into each curve, and a report of another experiment is refused", () => {
  const probe: ProbeResult = {
    role: "top",
    tap: 0,
    name: "stem",
    representation: "pooled",
    features: 16,
    testError: 0.5,
    testErrorStandardError: 0.01,
    errorByRank: [0.8],
  };
  const when = { backend: "wasm", date: "2026-11-29" } as const;
  const before = { ...assembled(asked, files, "wasm"), command: "npm run" };
  const after = withRecordedProbes(before, asked, [[probe], []], when);
  expect(recordedSchema.parse(after)).toEqual(after);
  expect(after.report.spec).toEqual(asked);
  expect(after.report.curves.map(({ probes }) => probes)).toEqual([[probe], []]);
  expect(() => withRecordedProbes(before, presets.seeds.spec, [], when)).toThrow(
    expect.objectContaining({ code: "bad-input" }),
  );
});
