import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const random: Preset = {
  title: "An untrained bottom",
  figure: "Figure 5",
  claim:
    "Stitching and CKA disagree about untrained networks: CKA can call them alike where no stitch makes them useful.",
  scale: "ResNet-18 with 16 filters instead of 64.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-random", [
    { bottom: "resnet18-w16-s0" },
    { bottom: "resnet18-w16-s1" },
  ]),
  lookFor:
    "The order of the curves in the two charts: which bottom does each measure call closer to the top?",
  question: "Can an untrained network be useful to a trained one? Up to which layer?",
};
