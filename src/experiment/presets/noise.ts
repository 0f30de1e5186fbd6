import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const bottom = "resnet18-w16-s1";

export const noise: Preset = {
  title: "Useless channels",
  figure: "Section 3",
  claim:
    "Channels of noise beside a representation take nothing away from it: a stitch leaves them out, and CKA falls.",
  scale: "ResNet-18 with 16 filters; 16 and 128 channels of standard Gaussian noise.",
  spec: recordedSpec("resnet18-w16-s0", bottom, [
    { bottom, perturbation: "noise-16" },
    { bottom, perturbation: "noise-128" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Take the untrained bottom out of the chart by its name: the penalty’s other curves lie within a point of each other, CKA’s fall the more the more noise there is.",
  question:
    "Somebody adds a hundred channels of noise to a network’s features. Are the features less alike to another network’s?",
};
