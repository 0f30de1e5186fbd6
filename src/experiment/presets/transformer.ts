import type { Preset } from "./preset";
import { curveOf, largest, smallest, told, within } from "./penalties";
import { recordedSpec } from "./recorded-spec";

const [convolutional, transforming] = ["resnet18-w16-s0", "vit-d128-s0"];

export const transformer: Preset = {
  title: "Transformer and convolutions",
  figure: null,
  claim:
    "A Vision Transformer reads patches and mixes them by attention, a ResNet mixes neighbours. What of the one can the other use?",
  scale: "A small Vision Transformer, weaker than the ResNet: see both base errors.",
  spec: recordedSpec(convolutional, transforming, [
    { top: transforming, bottom: convolutional },
    { top: transforming, bottom: "vit-d128-s1" },
  ]),
  lookFor:
    "Both directions, against two transformers: maps are resized to the size that the top expects, and tokens laid out as maps.",
  claims: [
    {
      statement: "Somewhere a ResNet’s bottom serves the transformer better than its own.",
      paper: "not in the paper",
      verdict(report) {
        const best = smallest(curveOf(report, 0));
        const gains = best.penalty + 2 * best.penaltyStandardError < 0;
        return { ours: `best ${told(best)}`, holds: gains };
      },
    },
    {
      statement: "Two transformers are stitched at every layer.",
      paper: "ViT worst near the middle, up to +5",
      verdict(report) {
        const worst = largest(curveOf(report, 1));
        return { ours: `at most ${told(worst)}`, holds: within(worst, 5) };
      },
    },
  ],
  question: "Do all good networks see the same, or do attention and convolution see differently?",
};
