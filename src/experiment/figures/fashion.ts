import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtLeast, costsAtMost } from "./verdicts";

export const fashion: Preset = {
  title: "Other images",
  figure: null,
  group: "beyond",
  names: ["another seed", "untrained"],
  claim: "Networks with different seeds can also be stitched on grey pictures of clothes.",
  scale: "Fashion-MNIST, 28 × 28 pixels; ResNet-8 with 8 filters, 9.4% wrong.",
  spec: {
    ...recordedSpec("fashion-resnet8-w8-s0", "fashion-resnet8-w8-s1", [
      { bottom: "fashion-resnet8-w8-random" },
    ]),
    data: "fashion-mnist",
  },
  lookFor: "At most 3.1 points, at block 1. Untrained: 1.8 at the stem, 38 at block 3.",
  question: "Does the same hold for other images, or only for CIFAR-10?",
};

export const fashionClaims = (): readonly Claim[] => [
  {
    statement: "Networks with different seeds can be stitched at every layer.",
    paper: "not in the paper",
    verdict: costsAtMost(5),
  },
  {
    statement: "An untrained bottom cannot be stitched at the last layer.",
    paper: "not in the paper",
    verdict: costsAtLeast(5, 1),
  },
];
