import type { Preset } from "./preset";
import { curveOf, largest, told, within } from "./penalties";
import { recordedSpec } from "./recorded-spec";
import { leastAlike } from "./similarities";

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
  claims: [
    {
      statement: "A self-supervised bottom serves a supervised top.",
      paper: "at most about 3",
      verdict(report) {
        const worst = largest(curveOf(report));
        return { ours: `at most ${told(worst)}`, holds: within(worst, 3) };
      },
    },
    {
      statement: "A supervised bottom serves a self-supervised top.",
      paper: "at most about 3",
      verdict(report) {
        const worst = largest(curveOf(report, 0));
        return { ours: `at most ${told(worst)}`, holds: within(worst, 3) };
      },
    },
    {
      statement: "CKA falls all the same.",
      paper: "down to 0.35",
      verdict(report) {
        const least = leastAlike(curveOf(report));
        return { ours: `down to ${least.text}`, holds: least.value < 0.6 };
      },
    },
  ],
  question:
    "One network was told what every picture shows, the other only which two crops are of one picture. Which of the two measures will call them alike?",
};
