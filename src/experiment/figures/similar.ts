import type { SiteResult } from "../report";
import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf } from "./verdicts";

/**
 * Bottoms for the best network, from the worst to the best, then an untrained one.
 */
const bottoms = [
  "resnet18-w16-n10k",
  "resnet18-w16-n25k",
  "resnet18-w16-s1",
  "resnet18-w16-random",
] as const;
const [first, ...rest] = bottoms;

export const similar: Preset = {
  title: "Are better networks alike?",
  figure: "Figure 7",
  group: "more",
  names: ["10,000 images", "25,000 images", "50,000 images", "untrained"],
  claim:
    "Better networks have more similar representations: in the second half, the more data the bottom saw, the lower the penalty.",
  scale: "ResNet-18 with 16 filters; bottoms trained on 10,000, 25,000 and 50,000 images.",
  spec: recordedSpec(
    "resnet18-w16-s0",
    first,
    rest.map((bottom) => ({ bottom })),
  ),
  lookFor: "From block 5 on, penalty and CKA both rank the bottoms by the amount of their data.",
  question: "Do good networks resemble each other more than bad ones do?",
};

const points = (fraction: number): string => Math.abs(100 * fraction).toFixed(1);
const signedPoints = (fraction: number): string => `${fraction < 0 ? "−" : "+"}${points(fraction)}`;

/** By how many standard errors the second penalty is below the first. */
function difference(first: SiteResult, second: SiteResult): number {
  const error = Math.hypot(first.penaltyStandardError, second.penaltyStandardError);
  return (first.penalty - second.penalty) / error;
}

export const similarClaims = (): readonly Claim[] => [
  {
    statement: "At the middle layer, the more data the bottom saw, the lower the penalty.",
    paper: "better networks are more alike",
    // Two neighbours may be the same within their errors; the worst and the best may not.
    verdict(report) {
      // From the worst trained bottom to the best.
      const middles = [curveOf(report), curveOf(report, 1), curveOf(report, 2)].map(({ sites }) => {
        const site = sites[Math.floor(sites.length / 2)];
        if (!site) throw new RangeError("sites: expected a middle one, found none");
        return site;
      });
      const steps = middles.slice(1).map((site, k) => difference(middles[k] ?? site, site));
      const [most, least] = [middles[0], middles.at(-1)];
      const falls = most && least ? difference(most, least) : NaN;
      const values = middles.map(
        ({ penalty, penaltyStandardError }, k) =>
          `${signedPoints(penalty)} ± ${points(penaltyStandardError)} with ${similar.names[k] ?? ""}`,
      );
      return {
        ours: `${values.join(", ")}, at ${least?.name ?? ""}`,
        holds: falls > 2 && steps.every((step) => step > -2),
      };
    },
  },
];
