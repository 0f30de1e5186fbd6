import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const labels: Preset = {
  title: "Other labels",
  figure: "Figure 3A",
  claim:
    "Bottoms trained on partly wrong labels can be stitched at any layer. One trained on two classes costs more at each layer; one trained on random labels costs almost as much as an untrained one.",
  scale: "ResNet-18 with 16 filters; objects vs. animals; 10, 50 and 100% random labels.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-animals", [
    { bottom: "resnet18-w16-noise10" },
    { bottom: "resnet18-w16-noise50" },
    { bottom: "resnet18-w16-noise100" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The order of the curves: 10% wrong labels, 50%, two classes, 100%. In the paper coarse labels cost nothing in the first half; here they cost ten points.",
  question:
    "A network memorised 50,000 images with random labels. Did it learn anything useful to a network trained on the right ones?",
};
