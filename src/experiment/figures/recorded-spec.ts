/** What recorded experiments have in common. */
import type { ProtocolName } from "../protocol";
import { defaultSpec, withOtherCurves, type Curve, type Spec } from "../spec";

/** At most: `quick` settles before. */
const epochs = 4;
const images = 10_000;

/**
 * 10,000 training and all test images. By `quick`, since a penalty is that of the best stitch: four
 * epochs of the paper's protocol leave most layers far from it (see the preset `protocol`).
 */
export function recordedSpec(
  top: string,
  bottom: string,
  others: readonly Partial<Curve>[] = [],
  protocol: ProtocolName = "quick",
): Spec {
  const usual = defaultSpec(top, bottom, protocol);
  const spec = { ...usual, trainImages: images, testImages: images, epochs };
  const [first] = spec.curves;
  return withOtherCurves(
    spec,
    others.map((curve) => ({ ...first, ...curve })),
  );
}
