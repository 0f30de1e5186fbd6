import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const data: Preset = {
  title: "More data",
  figure: "Figure 2C",
  claim:
    "A bottom trained on more images improves a top trained on few; one trained on fewer hurts it.",
  scale: "ResNet-18 with 16 filters; the same number of gradient steps for every training set.",
  spec: recordedSpec("resnet18-w16-n10k", "resnet18-w16-n25k", [
    { bottom: "resnet18-w16-n5k" },
    { bottom: "resnet18-w16-s0" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Curves below zero: the top does better with another network’s features than with its own.",
  question: "A weak network gets its first layers from a better one. Where would you cut?",
};
