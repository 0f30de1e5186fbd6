/** Makes the details file of a recorded figure from the store of its recording. */
import { join } from "node:path";
import { joinedClasses, labelsFor, type Classes, type ClassIndices } from "../core/data/form";
import { imageSet } from "../core/data/image-set";
import type { DataManifest } from "../core/data/manifest";
import { LabError } from "../core/errors";
import { toFloat16 } from "../core/weights/float16";
import { lossPoints } from "../core/stitch/training/loss-curve";
import { differencesOf, wrongFlags } from "../engine/details/answers";
import { ArrayPool, packed, type DetailsHeader, type SiteDetails } from "../engine/details/format";
import { levelsOffered, storedMatrix, type Levels } from "../engine/details/matrix";
import type { Answers, Inspection, StitchMatrix, StitchRef } from "../engine/host/inspect";
import type { BackendName, Recorded, Report } from "../experiment/report";
import { readBytes } from "../node/files";

/** Most bytes of a details file. */
const mostDetailsBytes = 400_000;

/** What the file is made of besides the recorded report. */
export interface DetailsSources {
  /** What is stored of a stitch; null where nothing is. */
  readonly inspect: (stitch: StitchRef) => Promise<Inspection | null>;
  /** Of the test images, at least as many as the report's. */
  readonly labels: ClassIndices;
  readonly classes: Classes;
}

/** A stitch of the report. */
interface Stitch {
  readonly ref: StitchRef;
  readonly inspection: Inspection;
  /** How finely its matrix is stored; undefined where it is left out. */
  levels: Levels | undefined;
}

/**
 * Makes the file, at most 400 kB long: matrices are rounded, the largest first,
 * until it fits, and if the coarsest rounding is not enough, the largest are left out, those of the
 * figure's own curve last.
 *
 * Stitches that are not stored, since another machine computed their curve, are left out as well.
 *
 * @returns the file, and what it leaves out, for people
 * @throws LabError `bad-file` where what is stored contradicts the report, `bad-shape` where not even
 *   the answers fit
 */
export async function detailsOf(
  { report }: Recorded,
  sources: DetailsSources,
  mostBytes = mostDetailsBytes,
): Promise<{ readonly file: Uint8Array; readonly leftOut: readonly string[] }> {
  const stitches: Stitch[] = [];
  const absent: string[] = [];
  for (const [curve, { sites }] of report.curves.entries()) {
    for (const { site, name, testError } of sites) {
      const inspection = await sources.inspect({ curve, site });
      const full = fullName(report, { curve, site }, name);
      if (!inspection) {
        absent.push(`everything of ${full}`);
        continue;
      }
      requireSameError(inspection.stitched, testError, full);
      stitches.push({ ref: { curve, site }, inspection, levels: null });
    }
  }
  for (;;) {
    const leftOut = [...absent, ...withoutMatrix(report, stitches)];
    const file = await packedDetails(report, stitches, leftOut, sources);
    const excess = file.byteLength - mostBytes;
    if (excess <= 0) return { file, leftOut };
    if (!(await shrink(stitches, excess))) {
      throw new LabError({
        code: "bad-shape",
        input: "details without any matrix",
        expected: `at most ${mostBytes} bytes`,
        found: String(file.byteLength),
      });
    }
  }
}

/**
 * Rounds matrices, or leaves some out, to save so many bytes.
 *
 * @returns false where nothing can be saved
 */
async function shrink(stitches: readonly Stitch[], bytes: number): Promise<boolean> {
  let saved = 0;
  for (const [place, finer] of levelsOffered.entries()) {
    const coarser = levelsOffered[place + 1];
    for (const stitch of inOrder(stitches, coarser === undefined)) {
      const { matrix } = stitch.inspection;
      if (!matrix || stitch.levels !== finer) continue;
      if (saved >= bytes) return true;
      stitch.levels = coarser;
      saved += (await sizeOf(matrix, finer)) - (await sizeOf(matrix, coarser));
    }
  }
  return saved > 0;
}

/** The largest matrices first; those of the first curve last where matrices are left out. */
function inOrder(stitches: readonly Stitch[], leavesOut: boolean): Stitch[] {
  const isKept = ({ ref }: Stitch): number => (leavesOut && ref.curve === 0 ? 1 : 0);
  const size = ({ inspection }: Stitch): number => inspection.matrix?.values.length ?? 0;
  // Of equal ones those of the last curve first.
  return stitches.toSorted(
    (a, b) => isKept(a) - isKept(b) || size(b) - size(a) || b.ref.curve - a.ref.curve,
  );
}

/** Bytes that a matrix takes in a file. */
async function sizeOf(matrix: StitchMatrix, levels: Levels | undefined): Promise<number> {
  if (levels === undefined) return 0;
  const pool = new ArrayPool();
  storedMatrix(matrix, levels, pool);
  const blob = new Blob(pool.parts.map((part) => new Uint8Array(part)));
  const stream = blob.stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

function withoutMatrix(report: Report, stitches: readonly Stitch[]): string[] {
  return stitches.flatMap(({ ref, inspection, levels }) => {
    const leaves = inspection.matrix !== null && levels === undefined;
    return leaves ? [`matrix of ${fullName(report, ref, inspection.place.name)}`] : [];
  });
}

function fullName({ spec }: Report, { curve }: StitchRef, layer: string): string {
  const own = spec.curves[curve] ?? spec.curves[0];
  const { top, bottom, seed, family, perturbation, objective = false } = own;
  const parts = [
    seed !== spec.curves[0].seed && `seed ${seed}`,
    family !== "affine" && family,
    perturbation !== "none" && perturbation,
    objective,
    layer,
  ];
  return [`${bottom} into ${top}`, ...parts.filter((part) => part !== false)].join(", ");
}

function packedDetails(
  { spec, curves }: Report,
  stitches: readonly Stitch[],
  leftOut: readonly string[],
  { labels, classes }: DetailsSources,
): Promise<Uint8Array> {
  const pool = new ArrayPool();
  const networks: DetailsHeader["networks"][number][] = [];
  const own = labels.slice(0, spec.testImages);
  const networkOf = (sha256: string, answers: Answers): number => {
    const known = networks.findIndex((network) => network.sha256 === sha256);
    if (known >= 0) return known;
    const correct = labelsFor(own, classes, answers.classes);
    const differences = differencesOf(predictedBy(answers, correct, sha256), correct);
    return (
      networks.push({ sha256, classes: answers.classes, answers: pool.classes(differences) }) - 1
    );
  };
  const header: Omit<DetailsHeader, "arrays"> = {
    format: "stitch-lab-details-1",
    classNames: classes.names,
    groupings: classes.groupings,
    trainImages: spec.trainImages,
    labels: pool.classes(own),
    networks,
    curves: curves.map(({ top, bottom }, curve) => {
      const here = stitches.filter(({ ref }) => ref.curve === curve);
      const inspection = here[0]?.inspection;
      if (!inspection?.bottom) return null;
      return {
        top: networkOf(top.sha256, inspection.top),
        bottom: networkOf(bottom.sha256, inspection.bottom),
        sites: here.map((stitch) =>
          siteDetails(stitch, labelsFor(own, classes, stitch.inspection.top.classes), pool),
        ),
      };
    }),
    leftOut: [...leftOut],
  };
  return packed(header, pool);
}

function siteDetails(
  { ref, inspection, levels }: Stitch,
  correct: ClassIndices,
  pool: ArrayPool,
): SiteDetails {
  const { place, top, stitched, matrix, lossCurve, shift } = inspection;
  const predicted = predictedBy(stitched, correct, place.name);
  const others = predictedBy(top, correct, place.name);
  return {
    site: ref.site,
    name: place.name,
    taps: [place.bottomTap, place.topTap],
    answers: pool.classes(differencesOf(predicted, others)),
    loss: lossCurve && {
      stride: lossCurve.stride,
      steps: lossCurve.steps,
      means: pool.halves(toFloat16(lossPoints(lossCurve).map(({ loss }) => loss))),
    },
    matrix: matrix && levels !== undefined ? storedMatrix(matrix, levels, pool) : null,
    shift: shift && {
      ...shift,
      ownMean: pool.floats(shift.ownMean),
      ownDeviation: pool.floats(shift.ownDeviation),
      stitchedMean: pool.floats(shift.stitchedMean),
      stitchedDeviation: pool.floats(shift.stitchedDeviation),
    },
  };
}

/** @throws LabError `bad-file` where they are missing, or contradict the flags stored with them */
function predictedBy(
  { predicted, wrong }: Answers,
  correct: ClassIndices,
  input: string,
): ClassIndices {
  const refuse = (expected: string, found: string): LabError =>
    new LabError({ code: "bad-file", input: `answers of ${input}`, expected, found });
  if (!predicted) throw refuse("a class for each test image", "none");
  const flags = wrongFlags(predicted, correct);
  const differs = flags.findIndex((flag, image) => flag !== wrong[image]);
  if (differs >= 0) throw refuse("answers that agree with their flags", `image ${differs}`);
  return predicted;
}

/** @throws LabError `bad-file` where the answers are not those that the report counted */
function requireSameError({ wrong }: Answers, testError: number, input: string): void {
  const found = wrong.reduce((sum, flag) => sum + flag, 0) / wrong.length;
  if (Math.abs(found - testError) < 1e-9) return;
  throw new LabError({
    code: "bad-file",
    input,
    expected: `a test error of ${testError}, as in the report`,
    found: String(found),
  });
}

/** The backend that a curve of a recorded report was computed on. */
export function backendOf({ report, apart = [] }: Recorded, curve: number): BackendName {
  return apart.find((other) => other.curve === curve)?.backend ?? report.backend;
}

/** [n] classes of all test images. @param folder that the manifest's files are in */
export async function testLabels(data: DataManifest, folder: string): Promise<ClassIndices> {
  const shards = data.test.map(async (entry) => {
    const bytes = await readBytes(join(folder, entry.file));
    return imageSet(data, [{ entry, bytes }], entry.images).labels;
  });
  return joinedClasses(await Promise.all(shards));
}
