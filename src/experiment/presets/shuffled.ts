import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const bottom = "resnet18-w16-s1";

export const shuffled: Preset = {
  title: "Positions shuffled",
  figure: "Section 3",
  claim:
    "Shuffle the spatial positions: CKA over all features does not change, but a position-wise stitch shows that the top can no longer use them.",
  scale: "ResNet-18 with 16 filters; the same shuffle for all images.",
  spec: recordedSpec("resnet18-w16-s0", bottom, [
    { bottom, perturbation: "shuffled" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The two CKA curves of the trained bottom coincide. The penalties differ, except where position no longer matters.",
  question: "All features are still there, but at other positions. Is the representation the same?",
};
