/** What all recorded experiments have in common. */
import { defaultSpec, type Curve, type Spec } from "../spec";

/** Enough for the paper's protocol to come close to its end at most layers. */
const epochs = 4;

/** The paper's protocol on 10,000 training and all test images. */
export function recordedSpec(
  top: string,
  bottom: string,
  also: readonly Partial<Curve>[] = [],
): Spec {
  const spec = { ...defaultSpec(top, bottom, "paper"), epochs };
  const { seed, family, altered } = spec;
  return { ...spec, also: also.map((curve) => ({ top, bottom, seed, family, altered, ...curve })) };
}
