import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const [usual, robust] = ["resnet18-w16-s0", "resnet18-w16-adv"];

export const adversarial: Preset = {
  title: "Adversarially trained",
  figure: null,
  claim:
    "The paper leaves adversarially trained networks to future work: do they learn other features than usually trained ones?",
  scale: "ResNet-18 with 16 filters; fast single-step training, ε = 8/255.",
  spec: recordedSpec(usual, robust, [
    { top: robust, bottom: usual },
    { bottom: "resnet18-w16-s1" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The two directions: what a robust bottom costs a usual top, and the other way about, against two usual networks.",
  question:
    "A network that cannot be fooled by small changes must ignore something that others use. From which layer on?",
};
