import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const [usual, robust] = ["resnet18-w16-s0", "resnet18-w16-adv"];

export const adversarial: Preset = {
  title: "Adversarially trained",
  figure: null,
  claim: "Not in the paper: do adversarially trained networks learn different features?",
  scale: "ResNet-18 with 16 filters; fast single-step training, ε = 8/255.",
  spec: recordedSpec(usual, robust, [
    { top: robust, bottom: usual },
    { bottom: "resnet18-w16-s1" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Compare both directions, robust into standard and standard into robust, with two standard networks.",
  question: "A robust network must ignore something that others use. From which layer on?",
};
