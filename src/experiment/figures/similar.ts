import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf, penaltyText } from "./verdicts";

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

export const similarClaims = (): readonly Claim[] => [
  {
    statement: "At the middle layer, the more data the bottom saw, the lower the penalty.",
    paper: "better networks are more alike",
    verdict(report) {
      // From the worst trained bottom to the best.
      const middles = [curveOf(report), curveOf(report, 1), curveOf(report, 2)].map(({ sites }) => {
        const site = sites[Math.floor(sites.length / 2)];
        if (!site) throw new RangeError("sites: expected a middle one, found none");
        return site;
      });
      const falls = middles.every(
        ({ penalty }, k) => k === 0 || penalty <= (middles[k - 1]?.penalty ?? NaN),
      );
      return { ours: middles.map(penaltyText).join("; "), holds: falls };
    },
  },
];
