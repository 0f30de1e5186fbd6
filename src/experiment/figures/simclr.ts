import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, curveOf, leastAlike } from "./verdicts";

const [supervised, selfSupervised] = ["resnet18-w16-s0", "resnet18-w16-simclr"];
/** Trained with labels on 5,000 images: its error is nearer to that of the network without labels. */
const weaker = "resnet18-w16-n5k";

export const simclr: Preset = {
  title: "Trained without labels",
  figure: "Figures 2B and 6",
  group: "roads",
  names: [
    "learned without labels",
    "the other direction",
    "another seed",
    "into a weaker top",
    "from a weaker bottom",
  ],
  compared: [
    [0, 1],
    [0, 2],
  ],
  paper: [{ from: 0, to: 3, words: "at most about +3" }],
  claim:
    "In the paper, networks trained with and without labels can be stitched in both directions. Here the one without is much weaker, and only one direction works.",
  scale:
    "SimCLR for 76 epochs on CIFAR-10 instead of a ResNet-50 on ImageNet; the weaker network was trained with labels on 5,000 images.",
  spec: recordedSpec(supervised, selfSupervised, [
    { top: selfSupervised, bottom: supervised },
    { bottom: "resnet18-w16-s1" },
    { top: weaker, bottom: selfSupervised },
    { top: selfSupervised, bottom: weaker },
  ]),
  lookFor:
    "The supervised bottom is a gain at late layers. The other costs about the gap between the networks’ own errors: up to 22 points (gap 19), and 13 into a weaker top (gap 10).",
  question:
    "One network was trained with labels, the other only to tell which crops come from the same image. Which of the two measures will rate them as similar?",
};

export const simclrClaims = (): readonly Claim[] => [
  {
    statement: "A supervised top can use a self-supervised bottom.",
    paper: "at most about 3",
    because: "because the self-supervised bottom is much weaker: it alone is wrong on 28%",
    verdict: costsAtMost(3),
  },
  {
    statement: "A self-supervised top can use a supervised bottom.",
    paper: "at most about 3",
    verdict: costsAtMost(3, 1),
  },
  {
    statement: "A weaker supervised top, nearer in error, can use a self-supervised bottom.",
    paper: "at most about 3, at similar errors",
    because: "perhaps because the self-supervised bottom is still the weaker of the two",
    verdict: costsAtMost(3, 3),
  },
  {
    statement: "A self-supervised top can use a weaker supervised bottom, nearer in error.",
    paper: "at most about 3, at similar errors",
    verdict: costsAtMost(3, 4),
  },
  {
    statement: "CKA falls nevertheless.",
    paper: "down to 0.35",
    verdict(report) {
      const least = leastAlike(curveOf(report));
      return { ours: `down to ${least.text}`, holds: least.value < 0.6 };
    },
  },
];
