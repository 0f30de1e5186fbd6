import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const labels: Preset = {
  title: "Other labels",
  figure: "Figure 3A",
  claim:
    "A network trained on partly wrong labels can be stitched at every layer to one trained on the right ones; one trained on two classes costs more with every layer, and one trained on random labels hardly less than an untrained one.",
  scale: "ResNet-18 with 16 filters; objects against animals, and 10, 50 and 100% random labels.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-animals", [
    { bottom: "resnet18-w16-noise10" },
    { bottom: "resnet18-w16-noise50" },
    { bottom: "resnet18-w16-noise100" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The order of the curves: a tenth of the labels wrong, half of them, two classes, all wrong. The paper has coarse labels at no cost in the first half; here they cost ten points by then.",
  question:
    "A network memorised 50,000 pictures with random labels. Is anything that it learnt of use to a network that learnt the right ones?",
};
