/** EqualPart: one of the equal parts of a Split. */
import type { Shape } from "../../host-tensor";
import { integerAttribute } from "../interface/attributes";
import { axisAttribute } from "../interface/axes";
import type { Call } from "../interface/operator";
import { slicing, type Places } from "./slicing";

/** The places that an EqualPart takes. */
export function equalPlaces({ node }: Call, shape: Shape): Places[] {
  const axis = axisAttribute(node, shape.length, 0);
  const parts = integerAttribute(node, "parts", 1);
  const part = integerAttribute(node, "part", 0);
  const size = shape[axis] ?? 0;
  // The last may be smaller.
  const each = Math.ceil(size / parts);
  const start = Math.min(size, part * each);
  const count = Math.min(each, size - start);
  return shape.map((whole, at) =>
    at === axis ? { start, step: 1, count } : { start: 0, step: 1, count: whole },
  );
}

export const equalPart = slicing(equalPlaces);
