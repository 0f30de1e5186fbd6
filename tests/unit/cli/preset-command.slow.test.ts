/**
 * The command of a figure, run as its reader would, to its end: few images and one layer, for time.
 * Left out with a line: figures whose images are not prepared, or whose networks train for too long.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Architecture } from "../../../src/core/nets/architecture-schema";
import { tapsOf } from "../../../src/core/nets/taps";
import { zooManifestSchema } from "../../../src/core/nets/zoo-manifest";
import { labDataSet } from "../../../src/experiment/data-sets";
import { presetNames, presets, type PresetName } from "../../../src/experiment/figures";
import { trainingOf } from "../../../src/experiment/model-ref";
import {
  errorOfBottom,
  recordedSchema,
  reportSchema,
  type ModelResult,
} from "../../../src/experiment/report";
import { curvesOf, type Spec } from "../../../src/experiment/spec";
import { architectureOfTraining } from "../../../src/experiment/training/network";
import { casesOf } from "../nightly";

const root = resolve(import.meta.dirname, "../../..");
const run = promisify(execFile);
const zoo = zooManifestSchema.parse(
  JSON.parse(await readFile(join(root, "public/zoo/manifest.json"), "utf8")),
);

/** Images, each as often as it is trained on, of a training that takes a few minutes. */
const mostTrainedOn = 100_000;

function architectureOf(id: string): Architecture {
  const training = trainingOf(id);
  const form = labDataSet(training?.data)?.form;
  const found = zoo.models.find((other) => other.id === id)?.architecture;
  const architecture = training && form ? architectureOfTraining(training, form) : found;
  if (!architecture) throw new Error(`the zoo lacks ${id}`);
  return architecture;
}

/** Why a figure cannot be computed here; undefined where it can. */
function hindrance({ data, curves }: Spec): string | undefined {
  const folder = labDataSet(data)?.folder ?? "";
  if (!existsSync(join(root, "public", folder, "manifest.json"))) {
    return `public/${folder} has no images; docs/data-sets.md says how to prepare them`;
  }
  const long = curves
    .flatMap(({ top, bottom }) => [top, bottom])
    .find((id) => {
      const { trainImages = 0, epochs = 0 } = trainingOf(id) ?? {};
      return trainImages * epochs > mostTrainedOn;
    });
  return long && `${long} trains for too long`;
}

/** What PyTorch or, for a network that is trained here, the recorded figure measured. */
async function measuredOf(name: PresetName): Promise<ReadonlyMap<string, Measured>> {
  const path = join(root, "public/recorded", `${name}.json`);
  const recorded: ModelResult[] = [];
  if (existsSync(path)) {
    const { report } = recordedSchema.parse(JSON.parse(await readFile(path, "utf8")));
    for (const { top, bottom } of report.curves) {
      recorded.push(top, errorOfBottom(bottom) ?? top);
    }
  }
  const trained = recorded.filter(({ id }) => trainingOf(id));
  return new Map([...zoo.models, ...trained].map((each) => [each.id, each]));
}
type Measured = Pick<ModelResult, "sha256" | "testError">;

const testImages = 128;
const daily: readonly PresetName[] = ["halves"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stitch-lab-presets-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const asked = casesOf(
  daily,
  presetNames.filter((name) => !daily.includes(name)),
);
for (const name of asked) {
  const why = hindrance(presets[name].spec);
  if (why !== undefined) console.warn(`${name} is not tested: ${why}`);
}

describe.each(asked)("npm run -s stitch -- --preset %s", (name) => {
  const { spec } = presets[name];
  const curves = curvesOf(spec);
  /** The last layer that every curve's top has, of those that the figure shows. */
  const last = Math.min(
    ...curves.map(({ top }) => tapsOf(architectureOf(top)).length - 1),
    ...(spec.sites === "all" ? [] : [Math.max(...spec.sites)]),
  );
  /** A quarter is held out: one batch is left to train on. */
  const less = { trainImages: 172, testImages, epochs: 1, sites: [last] };

  test.skipIf(hindrance(spec) !== undefined)(
    "computes each of its curves, with the errors and hashes measured before",
    // Two networks are trained for one of them.
    { timeout: 1_800_000 },
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

      const measured = await measuredOf(name);
      expect(report.spec).toEqual({ ...spec, ...less });
      for (const { failures } of report.curves) expect(failures ?? []).toEqual([]);
      expect(report.curves.map(({ top, bottom }) => [top.id, bottom.id])).toEqual(
        curves.map(({ top, bottom }) => [top, bottom]),
      );
      for (const { top, bottom, sites } of report.curves) {
        expect(sites.map(({ site }) => site)).toEqual([last]);
        expect(sites[0]?.steps).toBeGreaterThanOrEqual(1);
        for (const { id, sha256, testError } of [top, errorOfBottom(bottom) ?? top]) {
          const before = measured.get(id);
          // A network that is trained here for a figure that nobody has recorded yet.
          if (!before && trainingOf(id)) continue;
          expect(sha256, id).toBe(before?.sha256);
          const expected = before?.testError ?? NaN;
          // On all test images; five standard errors of so few of them away at most.
          const standardError = Math.sqrt((expected * (1 - expected)) / testImages);
          expect(Math.abs(testError - expected), id).toBeLessThan(5 * standardError);
        }
        expect(stdout).toContain(bottom.id);
      }
    },
  );
});
