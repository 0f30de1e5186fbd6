import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const [supervised, selfSupervised] = ["resnet18-w16-s0", "resnet18-w16-simclr"];

export const simclr: Preset = {
  title: "Trained without labels",
  figure: "Figures 2B and 6",
  claim:
    "In the paper a network that never saw a label while its features were learnt can be stitched to one that saw all of them, both ways. Here, where it is much the weaker one, it holds in one direction.",
  scale: "SimCLR for 40 epochs on CIFAR-10 instead of a ResNet-50 on ImageNet.",
  spec: recordedSpec(supervised, selfSupervised, [
    { top: selfSupervised, bottom: supervised },
    { bottom: "resnet18-w16-s1" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The curve with the supervised network as the bottom: no layer costs anything, and the later the stitch, the more it repairs. In the other direction each layer costs more than the one before, at the end about what the self-supervised network's own error is higher.",
  question:
    "One network was told what every picture shows, the other only which two crops are of one picture. Which of the two measures will call them alike?",
};
