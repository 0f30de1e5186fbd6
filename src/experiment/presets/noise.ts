import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const bottom = "resnet18-w16-s1";

export const noise: Preset = {
  title: "Useless channels",
  figure: "Section 3",
  claim:
    "Adding noise channels to a representation removes nothing from it. A stitch ignores them; CKA falls.",
  scale: "ResNet-18 with 16 filters; 16 and 128 channels of standard Gaussian noise.",
  spec: recordedSpec("resnet18-w16-s0", bottom, [
    { bottom, perturbation: "noise-16" },
    { bottom, perturbation: "noise-128" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Hide the untrained bottom (click its name): the penalties stay within a point of each other, while CKA falls with the amount of noise.",
  question:
    "Add a hundred noise channels to a network’s features. Are the features less similar to another network’s?",
};
