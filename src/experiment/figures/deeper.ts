import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, costsAtLeast } from "./verdicts";

/** Ten of 82: the stem, and every ninth block; 27 and 54 end a stage. */
const sites = [0, 9, 18, 27, 36, 45, 54, 63, 72, 81];

export const deeper: Preset = {
  title: "164 layers deep",
  figure: "Figure 2A",
  group: "roads",
  names: ["another seed", "untrained"],
  paper: [{ from: -1, to: 5 }],
  claim: "Even 164-layer networks can be stitched at any depth for a few points of extra error.",
  scale: "ResNet-164 with basic blocks, at ten of its 82 layers. Slow without a GPU.",
  spec: {
    ...recordedSpec("resnet164-w16-s0", "resnet164-w16-s1", [{ bottom: "resnet164-w16-random" }]),
    sites,
  },
  lookFor: "Three times as many layers as in “Deep networks” cost no more.",
  question: "Does a cut in the middle cost more in a deeper network?",
};

export const deeperClaims = (): readonly Claim[] => [
  {
    statement: "Networks with 164 layers can be stitched at every depth.",
    paper: "−1 to +5",
    verdict: costsAtMost(5),
  },
  {
    statement: "An untrained bottom cannot.",
    paper: "not in the paper at this depth",
    verdict: costsAtLeast(20, 1),
  },
];
