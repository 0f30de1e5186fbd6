import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const seeds: Preset = {
  title: "Different seeds",
  figure: "Figure 2A",
  claim:
    "Networks trained from different random starts can be stitched at every layer for a few points of error.",
  scale: "ResNet-18 with 16 filters instead of 64, 10,000 images to train a stitch.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-s1", [
    { bottom: "resnet18-w16-random" },
    { bottom: "resnet18-w16-s2" },
    { top: "myrtle-w16-s0", bottom: "myrtle-w16-s1" },
    { top: "vit-d192-s0", bottom: "vit-d192-s1" },
  ]),
  lookFor:
    "The trained bottoms stay near zero all the way up. The untrained one costs a few points at the first layer, and ever more after it.",
  question:
    "Two networks start from different random weights and never see each other. Could the first half of one work with the second half of the other?",
};
