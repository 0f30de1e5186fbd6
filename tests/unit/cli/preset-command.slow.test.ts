/**
 * The command of a figure, run as its reader would, to its end: few images and one layer, for time.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tapsOf } from "../../../src/core/nets/taps";
import { zooManifestSchema } from "../../../src/core/nets/zoo-manifest";
import { presetNames, presets, type PresetName } from "../../../src/experiment/figures";
import { errorOfBottom, reportSchema } from "../../../src/experiment/report";
import { curvesOf } from "../../../src/experiment/spec";
import { casesOf } from "../nightly";

const root = resolve(import.meta.dirname, "../../..");
const run = promisify(execFile);
const zoo = zooManifestSchema.parse(
  JSON.parse(await readFile(join(root, "public/zoo/manifest.json"), "utf8")),
);
const model = (id: string) => {
  const found = zoo.models.find((other) => other.id === id);
  if (!found) throw new Error(`the zoo lacks ${id}`);
  return found;
};

const testImages = 128;
const daily: readonly PresetName[] = ["halves"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stitch-lab-presets-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe.each(
  casesOf(
    daily,
    presetNames.filter((name) => !daily.includes(name)),
  ),
)("npm run -s stitch -- --preset %s", (name) => {
  const { spec } = presets[name];
  const curves = curvesOf(spec);
  /** The last layer that every curve's top has, of those that the figure shows. */
  const last = Math.min(
    ...curves.map(({ top }) => tapsOf(model(top).architecture).length - 1),
    ...(spec.sites === "all" ? [] : [Math.max(...spec.sites)]),
  );
  /** A quarter is held out: one batch is left to train on. */
  const less = { trainImages: 172, testImages, epochs: 1, sites: [last] };

  test(
    "computes each of its curves, with the errors measured for the zoo",
    { timeout: 300_000 },
    async () => {
      const out = join(folder, `${name}.json`);
      const options = [
        "--train-images",
        String(less.trainImages),
        "--test-images",
        String(less.testImages),
        "--epochs",
        String(less.epochs),
        "--sites",
        String(last),
        "--out",
        out,
        // Figures share curves: what one has computed the next finds.
        "--store",
        join(folder, "store"),
      ];
      const { stdout } = await run(
        "npm",
        ["run", "-s", "stitch", "--", "--preset", name, ...options],
        {
          cwd: root,
          // npm hands its scripts the folder in which the user started them.
          env: { ...process.env, INIT_CWD: root },
        },
      );
      const report = reportSchema.parse(JSON.parse(await readFile(out, "utf8")));

      expect(report.spec).toEqual({ ...spec, ...less });
      for (const { failures } of report.curves) expect(failures ?? []).toEqual([]);
      expect(report.curves.map(({ top, bottom }) => [top.id, bottom.id])).toEqual(
        curves.map(({ top, bottom }) => [top, bottom]),
      );
      for (const { top, bottom, sites } of report.curves) {
        expect(sites.map(({ site }) => site)).toEqual([last]);
        expect(sites[0]?.steps).toBeGreaterThanOrEqual(1);
        for (const { id, testError } of [top, errorOfBottom(bottom) ?? top]) {
          // PyTorch's, on all test images; five standard errors of so few of them away at most.
          const { testError: measured } = model(id);
          const standardError = Math.sqrt((measured * (1 - measured)) / testImages);
          expect(Math.abs(testError - measured), id).toBeLessThan(5 * standardError);
        }
        expect(stdout).toContain(bottom.id);
      }
    },
  );
});
