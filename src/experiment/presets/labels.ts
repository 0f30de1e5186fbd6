import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const labels: Preset = {
  title: "Other labels",
  figure: "Figure 3A",
  claim:
    "Networks trained on coarser or partly wrong labels share the first half of their features with one trained on the right ones; trained on random labels only, nothing but the first layers.",
  scale: "ResNet-18 with 16 filters; objects against animals, and 10, 50 and 100% random labels.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-animals", [
    { bottom: "resnet18-w16-noise10" },
    { bottom: "resnet18-w16-noise50" },
    { bottom: "resnet18-w16-noise100" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor: "The layer at which each curve leaves zero: the worse the labels, the earlier.",
  question:
    "A network memorised 50,000 pictures with random labels. Is anything that it learnt of use to a network that learnt the right ones?",
};
