import type { Claim } from "./claim";
import { curveOf, largest, penaltyText } from "./penalties";

export const kernels: readonly Claim[] = [3, 5].map((side, also) => ({
  statement: `A kernel of ${String(side)} × ${String(side)} changes no penalty by much.`,
  paper: "no matter, from 1 to 9",
  verdict(report) {
    const plain = curveOf(report);
    const gains = curveOf(report, also).taps.map((tap) => {
      const before = plain.taps.find((other) => other.tap === tap.tap);
      if (!before) throw new RangeError(`taps: expected ${tap.name} in both curves`);
      return { ...tap, penalty: before.penalty - tap.penalty };
    });
    const most = largest({ ...plain, taps: gains });
    return { ours: `gains ${penaltyText(most)} at most`, holds: Math.abs(100 * most.penalty) <= 2 };
  },
}));
