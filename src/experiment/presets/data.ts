import type { Preset } from "./preset";
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
  question:
    "A weak network gets its first layers from a better one, and nothing else of it changes. Where should the cut be?",
};
