/**
 * A bottom without a head. Stitching uses its lower layers alone, so every number but its own error
 * must be that of the same network with its head.
 */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportTable } from "../../../../src/cli/table";
import { hasHead } from "../../../../src/core/nets/architecture";
import { probeRepresentations } from "../../../../src/core/linear-head/representation";
import { metadataOf, parseSafetensors } from "../../../../src/core/weights/safetensors";
import { writeSafetensors } from "../../../../src/core/weights/write-safetensors";
import { foldStitched } from "../../../../src/engine/host/fold";
import { inspectStitch } from "../../../../src/engine/host/inspect";
import { runExperiment, type RunDeps } from "../../../../src/engine/host/run";
import { errorOfBottom, reportSchema, type Report } from "../../../../src/experiment/report";
import { curvesOf, defaultSpec, withProbes, type Spec } from "../../../../src/experiment/spec";
import { csvOf } from "../../../../src/lab/share/export/report-csv";
import { readModel } from "../../../../src/node/models";
import { tinyFolder } from "../../fixtures";
import { tinyDeps, watchedStore } from "../tiny-experiment";

/** The path of a tiny network's file without its last layer. */
function trunkOf(name: string, layer: string): string {
  const bytes = new Uint8Array(readFileSync(join(tinyFolder, `${name}.safetensors`)));
  const state = [...parseSafetensors(bytes, name)].filter(([key]) => !key.startsWith(`${layer}.`));
  const path = join(mkdtempSync(join(tmpdir(), "stitch-lab-")), "trunk.safetensors");
  writeFileSync(path, writeSafetensors(new Map(state), metadataOf(bytes, name)));
  return path;
}

function glance(top: string, bottom: string): Spec {
  return {
    ...withProbes(defaultSpec(top, bottom, "glance"), probeRepresentations),
    trainImages: 300,
    testImages: 100,
    sites: [1, 2],
  };
}

async function reportOf(spec: Spec, deps: RunDeps): Promise<Report> {
  for await (const event of runExperiment(spec, deps)) {
    if (event.type === "finished") return event.report;
  }
  throw new Error("no report");
}

test.each([
  ["tiny-b", "tiny-a", "fc"],
  ["tiny-vit-b", "tiny-vit-a", "head"],
])(
  "%s without its head has the sites and probes that it has with it",
  async (bottom, top, layer) => {
    const trunk = await readModel(trunkOf(bottom, layer));
    expect(hasHead(trunk.architecture)).toBe(false);
    const whole = glance(top, bottom);
    const withHead = await tinyDeps(whole);
    const { curves } = await reportOf(whole, withHead);

    const store = watchedStore();
    const spec = glance(top, trunk.id);
    const models = [...withHead.models.filter(({ id }) => id === top), trunk];
    const deps = { ...withHead, models, store };
    const report = await reportOf(spec, deps);
    const [curve] = report.curves;
    // Without a head there are no errors of its own to count.
    const untimed = (sites: typeof curve.sites) =>
      sites.map(({ errorOverlap: _, ...site }) => ({ ...site, seconds: 0 }));
    expect(curve.sites.every((site) => site.errorOverlap === undefined)).toBe(true);
    expect(untimed(curve.sites)).toEqual(untimed(curves[0].sites));
    expect(curve.probes).toEqual(curves[0].probes);
    expect(curve.top).toEqual(curves[0].top);
    expect(curve.bottom).toEqual({ id: trunk.id, sha256: trunk.sha256 });
    expect(errorOfBottom(curve.bottom)).toBeNull();
    expect(reportSchema.parse(report)).toEqual(report);

    expect(reportTable(report)).toContain(`bottom (B)  ${trunk.id}  has no head`);
    const [names = "", first = ""] = csvOf(report).split("\r\n");
    expect(first.split(",")[names.split(",").indexOf("bottom_test_error")]).toBe("");
    const seen = await inspectStitch(spec, { curve: 0, site: 1 }, deps);
    expect(seen?.bottom).toBeNull();
    expect(seen?.stitched.predicted).not.toBeNull();

    const [own] = curvesOf(spec);
    const file = await foldStitched({ spec: own, site: 1, name: "stitched", about: {} }, deps);
    expect(file.largestDifference).toBeLessThanOrEqual(file.tolerance);
  },
);

test("a network without a head is refused as a top, and the error says why", async () => {
  const trunk = await readModel(trunkOf("tiny-a", "fc"));
  const deps = await tinyDeps(glance("tiny-a", "tiny-b"));
  const spec = glance(trunk.id, "tiny-b");
  await expect(reportOf(spec, { ...deps, models: [...deps.models, trunk] })).rejects.toThrow(
    expect.objectContaining({
      name: "LabError",
      code: "bad-input",
      input: `${trunk.id}, the top`,
      expected: "a network with a head, which gives the answers",
    }),
  );
});
