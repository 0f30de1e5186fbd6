import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const protocol: Preset = {
  title: "The paper’s own protocol",
  figure: "Appendix B",
  claim:
    "A stitch trains slowly from random weights. Between trained networks the least-squares stitch needs no training and beats four epochs at most layers.",
  scale: "ResNet-18 with 16 filters; four epochs on 10,000 images.",
  spec: recordedSpec(
    "resnet18-w16-s0",
    "resnet18-w16-s1",
    [{ bottom: "resnet18-w16-random" }, { bottom: "resnet18-w16-s2" }],
    "paper",
  ),
  lookFor: "The trained stitch vs. the dotted one, which is not trained.",
  question: "Which is harder to find: a good stitch near the input, or one near the output?",
};
