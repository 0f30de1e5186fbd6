import type { Preset } from "./preset";
import { curveOf, largest, smallest, told } from "./penalties";
import { recordedSpec } from "./recorded-spec";

export const data: Preset = {
  title: "More data",
  figure: "Figure 2C",
  claim:
    "Bottoms trained on more images make a top that saw few of them better; bottoms trained on fewer make it worse.",
  scale: "ResNet-18 with 16 filters; as many gradient steps whatever the number of images.",
  spec: recordedSpec("resnet18-w16-n10k", "resnet18-w16-n25k", [
    { bottom: "resnet18-w16-n5k" },
    { bottom: "resnet18-w16-s0" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Curves below zero: there the top works better on another network’s features than on its own.",
  claims: [
    {
      statement: "A bottom that saw 25,000 images improves a top that saw 10,000.",
      paper: "about −5 in the middle, −22 near the top",
      verdict(report) {
        const best = smallest(curveOf(report));
        const gains = 100 * (best.penalty + 2 * best.penaltyStandardError) < 0;
        return { ours: `best ${told(best)}`, holds: gains };
      },
    },
    {
      statement: "A bottom that saw 5,000 costs it a great deal.",
      paper: "+15 to +18",
      verdict(report) {
        const worst = largest(curveOf(report, 0));
        const costs = 100 * (worst.penalty - 2 * worst.penaltyStandardError) > 5;
        return { ours: `up to ${told(worst)}`, holds: costs };
      },
    },
  ],
  question:
    "A weak network gets its first layers from a better one, and nothing else of it changes. Where should the cut be?",
};
