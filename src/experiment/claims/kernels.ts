import type { Claim } from "./claim";
import { curveOf, largest, penaltyText } from "./penalties";

export const kernels: readonly Claim[] = [3, 5].map((side, index) => ({
  statement: `A kernel of ${String(side)} × ${String(side)} changes no penalty by much.`,
  paper: "no matter, from 1 to 9",
  verdict(report) {
    const plain = curveOf(report);
    const gains = curveOf(report, 1 + index).sites.map((site) => {
      const before = plain.sites.find((other) => other.site === site.site);
      if (!before) throw new RangeError(`sites: expected ${site.name} in both curves`);
      return { ...site, penalty: before.penalty - site.penalty };
    });
    const most = largest({ ...plain, sites: gains });
    return { ours: `gains ${penaltyText(most)} at most`, holds: Math.abs(100 * most.penalty) <= 2 };
  },
}));
