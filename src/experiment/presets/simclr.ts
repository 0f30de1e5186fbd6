import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const [supervised, selfSupervised] = ["resnet18-w16-s0", "resnet18-w16-simclr"];

export const simclr: Preset = {
  title: "Trained without labels",
  figure: "Figures 2B and 6",
  claim:
    "A network that never saw a label while its features were learnt can be stitched to one that saw all of them, both ways, although CKA calls them unlike.",
  scale: "SimCLR for 40 epochs on CIFAR-10 instead of a ResNet-50 on ImageNet.",
  spec: recordedSpec(supervised, selfSupervised, [
    { top: selfSupervised, bottom: supervised },
    { bottom: "resnet18-w16-s1" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The two charts side by side: CKA falls with depth while the penalty hardly rises. Then the other direction.",
  question:
    "One network was told what every picture shows, the other only which two crops are of one picture. Which of the two measures will call them alike?",
};
