import type { Report, SiteResult } from "../report";
import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf, largest, penaltyText } from "./verdicts";

const bottom = "resnet18-w16-s1";

export const kernels: Preset = {
  title: "Larger kernels",
  figure: "Figure 4",
  group: "roads",
  names: ["1 × 1 stitch", "3 × 3 stitch", "5 × 5 stitch", "untrained"],
  main: 2,
  claim: "A stitch with a larger kernel does no better: the stitch is not doing the work.",
  scale:
    "ResNet-18 with 16 filters; kernels of size 1, 3 and 5 at three of nine layers; training starts from the least-squares stitch.",
  // The time grows with the square of the kernel's side: three layers are enough.
  spec: {
    ...recordedSpec("resnet18-w16-s0", bottom, [
      { bottom, family: "kernel-3" },
      { bottom, family: "kernel-5" },
      { bottom: "resnet18-w16-random" },
    ]),
    sites: [2, 4, 6],
  },
  lookFor: "No larger kernel saves more than 0.2 ± 0.3 points.",
  question: "Can a stitch that sees neighbouring positions repair what a 1 × 1 stitch cannot?",
};

export const kernelsClaims = (): readonly Claim[] =>
  [3, 5].map((side, index) => ({
    statement: `A ${side} × ${side} kernel changes no penalty by much.`,
    paper: "no effect, from 1 to 9",
    verdict(report) {
      const most = largest({ ...curveOf(report), sites: kernelGains(report, 1 + index) });
      return {
        ours: `gains ${penaltyText(most)} at most`,
        holds: Math.abs(100 * most.penalty) <= 2,
      };
    },
  }));

/** Returns what a curve's stitches save over those of the first, layer by layer, as penalties. */
export function kernelGains(report: Report, curve: number): SiteResult[] {
  const plain = curveOf(report);
  return curveOf(report, curve).sites.map((site) => {
    const before = plain.sites.find((other) => other.site === site.site);
    if (!before) throw new RangeError(`sites: expected ${site.name} in both curves`);
    return { ...site, penalty: before.penalty - site.penalty };
  });
}
