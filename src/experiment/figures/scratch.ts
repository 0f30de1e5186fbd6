import type { SiteResult } from "../report";
import { type Claim, type Preset, recordedSpec } from "./figure";
import { kernelGains } from "./kernels";
import { curveOf, isWithin, largest, penaltyText } from "./verdicts";

const bottom = "resnet18-w16-s1";
const sides = [3, 5, 7, 9] as const;

export const scratch: Preset = {
  title: "Larger kernels from scratch",
  figure: "Figure 4",
  group: "roads",
  names: ["1 × 1 stitch", "3 × 3 stitch", "5 × 5 stitch", "7 × 7 stitch", "9 × 9 stitch"],
  main: 4,
  oneScale: true,
  claim:
    "In the paper, stitches with kernels of size 1 to 9, trained from random weights, all cost the same.",
  scale: "ResNet-18 with 16 filters at three of nine layers; 20 epochs on 10,000 images.",
  spec: {
    ...recordedSpec(
      "resnet18-w16-s0",
      bottom,
      sides.map((side) => ({ bottom, family: `kernel-${side}` as const })),
      "paper",
    ),
    epochs: 20,
    sites: [2, 4, 6],
  },
  lookFor:
    "The same kernels and layers as in “Larger kernels”, whose stitches start from least squares.",
  question: "If every stitch starts from random weights, does a larger kernel help or hinder?",
};

export const scratchClaims = (): readonly Claim[] => [
  {
    statement: "No larger kernel changes a penalty by more than 2 points.",
    paper: "no effect, from 1 to 9",
    verdict(report) {
      const gains = sides.flatMap((side, index) =>
        kernelGains(report, 1 + index).map((site) => ({ side, site })),
      );
      const [first, ...others] = gains;
      if (!first) throw new RangeError("sites: expected at least one, found none");
      const size = ({ site }: typeof first): number => Math.abs(site.penalty);
      const most = others.reduce((a, b) => (size(b) > size(a) ? b : a), first);
      const words = most.site.penalty < 0 ? "costs" : "gains";
      const change = { ...most.site, penalty: size(most) };
      return {
        ours: `${most.side} × ${most.side} ${words} ${penaltyText(change)}`,
        holds: isWithin(change, 2),
      };
    },
  },
  {
    statement:
      "Trained from random weights, a 1 × 1 stitch is at most 2 points worse than least squares.",
    paper: "trains to the end",
    verdict(report) {
      const curve = curveOf(report);
      const behind = curve.sites.map((site): SiteResult => {
        const leastSquares = site.leastSquaresTestError - curve.top.testError;
        // As if the two were independent: they share their test images, so it is less.
        const error = Math.hypot(site.penaltyStandardError, site.leastSquaresPenaltyStandardError);
        return { ...site, penalty: site.penalty - leastSquares, penaltyStandardError: error };
      });
      const worst = largest({ ...curve, sites: behind });
      return { ours: `${penaltyText(worst)} at most`, holds: isWithin(worst, 2) };
    },
  },
];
