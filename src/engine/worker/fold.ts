/**
 * Writes a stitched network as a file, reads it again, and compares its logits with the stitched
 * network's.
 */
import { LabError } from "../../core/errors";
import { leastSquares } from "../../core/stitch/families/least-squares";
import { fromAffine, type StitchParameters } from "../../core/stitch/parameters";
import { writeStitched } from "../../core/stitched/file";
import { checkAgreement } from "../../core/stitched/verify";
import { isClosedForm } from "../../experiment/family";
import { fitOf } from "../family-fit";
import type { Folded, FoldRequest } from "../folded";
import type { WorkerContext } from "./tasks/context";

/**
 * @throws LabError when a file is not available, the halves do not form one network, or the logits do not
 *   agree
 */
export async function fold(request: FoldRequest, context: WorkerContext): Promise<Folded> {
  const { bottom, top, tap, images, about, name } = request;
  const halves = { bottom: await context.half(bottom), top: await context.half(top) };
  const stitch = stitchOf(request);
  const bytes = writeStitched(
    halves.bottom,
    halves.top,
    tap,
    stitch,
    new Map(Object.entries(about)),
  );
  const pair = await context.pair({ bottom, top });
  const test = await context.images(images);
  const agreement = await checkAgreement(bytes, name, pair.bottom, pair.top, tap, stitch, test);
  return { bytes, ...agreement };
}

function stitchOf({ stitch }: FoldRequest): StitchParameters {
  if (stitch.type === "trained") return stitch.parameters;
  const { family, moments } = stitch;
  if (isClosedForm(family)) return fromAffine(fitOf(family, moments), moments);
  if (family === "affine") return fromAffine(leastSquares(moments), moments);
  throw new LabError({
    code: "bad-input",
    input: "stitch in closed form",
    expected: "a family that has one",
    found: family,
  });
}
