import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const bottom = "resnet18-w16-s1";

export const shuffled: Preset = {
  title: "Positions shuffled",
  figure: "Section 3",
  claim:
    "When the positions of a representation change places, CKA of all features at once sees nothing; a stitch of single positions sees that the top can no longer use it.",
  scale: "ResNet-18 with 16 filters; one order of the positions for all images.",
  spec: recordedSpec("resnet18-w16-s0", bottom, [
    { bottom, perturbation: "shuffled" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "CKA’s two curves of the trained bottom lie on each other, the penalty’s do not, except where position no longer matters.",
  question: "All features are still there, each at another place. Is the representation the same?",
};
