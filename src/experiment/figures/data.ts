import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf, improvesSomewhere, largest, penaltyText } from "./verdicts";

export const data: Preset = {
  title: "More data",
  figure: "Figure 2C",
  group: "more",
  names: ["25,000 images", "5,000 images", "50,000 images", "untrained"],
  claim:
    "Near the output, a bottom trained on more images improves a top trained on few; one trained on fewer hurts it.",
  scale: "ResNet-18 with 16 filters; the same number of gradient steps for every training set.",
  spec: recordedSpec("resnet18-w16-n10k", "resnet18-w16-n25k", [
    { bottom: "resnet18-w16-n5k" },
    { bottom: "resnet18-w16-s0" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Gains of up to 4.7 points from block 6 on (paper: 22); fewer images cost up to 5 (paper: 15 to 18).",
  question: "A weak network gets its first layers from a better one. Where would you cut?",
};

export const dataClaims = (): readonly Claim[] => [
  {
    statement: "A bottom trained on 25,000 images improves a top trained on 10,000.",
    paper: "about −5 in the middle, −22 near the top",
    verdict: improvesSomewhere(),
  },
  {
    statement: "A bottom trained on 5,000 images makes the top much worse.",
    paper: "+15 to +18",
    because: "perhaps because all networks here took equally many steps",
    verdict(report) {
      const worst = largest(curveOf(report, 1));
      const costs = 100 * (worst.penalty - 2 * worst.penaltyStandardError) > 5;
      return { ours: `up to ${penaltyText(worst)}`, holds: costs };
    },
  },
];
