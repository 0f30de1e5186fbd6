/** The identity: A reads B's representation as if it were its own. */
import { explainedShare } from "../affine-map";
import type { Moments } from "../moments";
import { channelsOfBoth, type FamilyFit } from "./family";

/** Returns W = I, b = 0. @throws LabError `bad-shape` when source and target differ in channels */
export function identity(moments: Moments): FamilyFit {
  const c = channelsOfBoth("identity stitch", moments);
  const weight = new Float64Array(c * c);
  for (let i = 0; i < c; i++) weight[i * c + i] = 1;
  const map = { weight, bias: new Float64Array(c) };
  return { ...map, r2: explainedShare(map, moments) };
}
