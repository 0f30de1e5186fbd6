/**
 * The images that a stitched network and its top classify differently, and the penalty by class.
 */
import type { ClassIndices } from "../data/form";
import { LabError } from "../errors";
import type { WrongFlags } from "./score";

export interface ChangedImages {
  /** Indices of images that A alone gets right and the stitched network wrong, in order. */
  readonly rightToWrong: readonly number[];
  /**
   * The reverse. The penalty is the difference of the two counts divided by the number of images.
   */
  readonly wrongToRight: readonly number[];
}

/** @throws LabError `bad-shape` when the flags are for different numbers of images */
export function changedImages(stitched: WrongFlags, top: WrongFlags): ChangedImages {
  requireSame(stitched.length, top.length, "wrong flags of the stitched network");
  const images = [...top.keys()];
  return {
    rightToWrong: images.filter((image) => top[image] === 0 && stitched[image] === 1),
    wrongToRight: images.filter((image) => top[image] === 1 && stitched[image] === 0),
  };
}

export interface ClassPenalty {
  /** Class index. */
  readonly answer: number;
  /** Images of this class. */
  readonly images: number;
  /** Errors as fractions; 0 without images. */
  readonly topError: number;
  readonly stitchedError: number;
  /** `stitchedError` minus `topError`. Weighted by `images`, these add up to the penalty. */
  readonly penalty: number;
}

/**
 * @param answers [n] the correct classes, below `classes`
 * @throws LabError `bad-shape` when they are for different numbers of images
 */
export function penaltyByClass(
  stitched: WrongFlags,
  top: WrongFlags,
  answers: ClassIndices,
  classes: number,
): ClassPenalty[] {
  requireSame(stitched.length, top.length, "wrong flags of the stitched network");
  requireSame(answers.length, top.length, "labels of the test images");
  return Array.from({ length: classes }, (_, answer) => {
    let [images, ofTop, ofStitched] = [0, 0, 0];
    answers.forEach((own, image) => {
      if (own !== answer) return;
      images++;
      ofTop += top[image] ?? 0;
      ofStitched += stitched[image] ?? 0;
    });
    const share = (wrong: number): number => (images === 0 ? 0 : wrong / images);
    const [topError, stitchedError] = [share(ofTop), share(ofStitched)];
    return { answer, images, topError, stitchedError, penalty: stitchedError - topError };
  });
}

function requireSame(found: number, expected: number, input: string): void {
  if (found === expected) return;
  throw new LabError({
    code: "bad-shape",
    input,
    expected: `${expected} images, as for the top`,
    found: String(found),
  });
}
