/** CKA of recorded reports, for holding them against the paper. */
import type { CurveReport } from "../report";

interface Extreme {
  readonly value: number;
  /** "0.35 at block 8" */
  readonly text: string;
}

/** Where two representations are least alike. @throws RangeError where CKA is defined nowhere */
export function leastAlike({ sites }: CurveReport): Extreme {
  const known = sites.flatMap(({ cka, name }) => (cka === null ? [] : [{ value: cka, name }]));
  const [first, ...rest] = known;
  if (!first) throw new RangeError("sites: expected one with a CKA, found none");
  const least = rest.reduce((a, b) => (b.value < a.value ? b : a), first);
  return {
    value: least.value,
    text: `${least.value.toFixed(2).replace("-", "−")} at ${least.name}`,
  };
}
