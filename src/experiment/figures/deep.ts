import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, costsAtLeast } from "./verdicts";

/** Ten of 28, spread over the depth: the stem, and every third block. */
const sites = [0, 3, 6, 9, 12, 15, 18, 21, 24, 27];

export const deep: Preset = {
  title: "Deep networks",
  figure: "Figure 2A",
  group: "roads",
  names: ["another seed", "untrained"],
  paper: [{ from: -1, to: 5 }],
  claim: "Deep networks with different seeds can be stitched at any depth, too.",
  scale: "ResNet-56 at ten of its 28 layers; ResNet-164 has its own figure.",
  spec: {
    ...recordedSpec("resnet56-w16-s0", "resnet56-w16-s1", [{ bottom: "resnet56-w16-random" }]),
    sites,
  },
  lookFor: "At most 2.1 points, as in ResNet-18. Untrained: 7 at the stem, over 60 after it.",
  question: "56 layers were trained together. Can you swap the lower half for another network’s?",
};

export const deepClaims = (): readonly Claim[] => [
  {
    statement: "Deep networks with different seeds can be stitched at every depth.",
    paper: "−1 to +5",
    verdict: costsAtMost(5),
  },
  {
    statement: "An untrained bottom cannot.",
    paper: "not in the paper at this depth",
    verdict: costsAtLeast(20, 1),
  },
];
