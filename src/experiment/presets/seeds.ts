import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const seeds: Preset = {
  title: "Different seeds",
  figure: "Figure 2A",
  claim:
    "Networks trained from different seeds can be stitched at any layer, for a few points of extra error.",
  scale: "ResNet-18 with 16 filters instead of 64; 10,000 images to train each stitch.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-s1", [
    { bottom: "resnet18-w16-random" },
    { bottom: "resnet18-w16-s2" },
    { top: "myrtle-w16-s0", bottom: "myrtle-w16-s1" },
    { top: "vit-d192-s0", bottom: "vit-d192-s1" },
  ]),
  lookFor:
    "Trained bottoms stay near zero at every layer. The untrained one costs a few points at the first layer and more at each later one.",
  question:
    "Two networks are trained from different random weights. Could the first half of one work with the second half of the other?",
};
