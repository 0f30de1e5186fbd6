/** Finding a stitch in a recorded figure. */
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readRecorded } from "../../../../src/cli/recorded";
import type { StitchMatrix } from "../../../../src/engine/host/inspect";
import { curveIn, recordedStitch } from "../../../../src/lab/engine/recorded-stitch";

const figures = await readRecorded(resolve(import.meta.dirname, "../../../../public/recorded"));
const [noise, seeds] = [figures.get("noise"), figures.get("seeds")];
if (!noise || !seeds) throw new Error("no recorded figures");
const file = { file: "noise.details.bin", sha256: "0".repeat(64), sizeBytes: 1 };
const matrix = { rows: 1, columns: 1 } as StitchMatrix;
/** Has the matrix of one stitch. */
const source = {
  details: () =>
    Promise.resolve({
      leftOut: [],
      inspection: (curve: number, site: number) =>
        curve === 2 && site === 4 ? ({ matrix } as never) : null,
    }),
};

test("a curve is found in another figure than its own, whatever its place there", () => {
  const [plain, , noisy] = noise.report.spec.curves;
  if (!noisy) throw new Error("fewer curves");
  expect(curveIn(noise, noisy)).toBe(2);
  expect(curveIn(seeds, plain)).toBe(0);
  expect(curveIn(seeds, noisy)).toBe(-1);
});

test("a recorded stitch is null where the figure has no details, or the file not this one", async () => {
  const withFile = { ...noise, details: file };
  expect(await recordedStitch(source, withFile, 2, 4)).toBe(matrix);
  expect(await recordedStitch(source, withFile, 2, 5)).toBeNull();
  const { details: _, ...without } = withFile;
  expect(await recordedStitch(source, without, 2, 4)).toBeNull();
});
