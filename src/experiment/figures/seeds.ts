import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, costsAtLeastTheirs, curveOf, isWithin, penaltyText } from "./verdicts";

export const seeds: Preset = {
  title: "Different seeds",
  figure: "Figure 2A",
  group: "roads",
  names: ["another seed", "untrained", "a third seed", "five-layer CNNs", "Vision Transformers"],
  paper: [{ from: -1, to: 5 }],
  claim:
    "Networks trained from different seeds can be stitched at any layer, for a few points of extra error.",
  scale: "ResNet-18 with 16 filters instead of 64; 10,000 images to train each stitch.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-s1", [
    { bottom: "resnet18-w16-random" },
    { bottom: "resnet18-w16-s2" },
    { top: "myrtle-w16-s0", bottom: "myrtle-w16-s1" },
    { top: "vit-d192-s0", bottom: "vit-d192-s1" },
  ]),
  lookFor:
    "Trained bottoms cost at most 3.4 points; the untrained one 4.7 at the stem (paper: about 0) and more at each later layer.",
  question:
    "Two networks are trained from different random weights. Could the first half of one work with the second half of the other?",
};

export const seedsClaims = (): readonly Claim[] => [
  {
    statement: "Networks trained from different seeds can be stitched at every layer.",
    paper: "−1 to +5",
    verdict: costsAtMost(5),
  },
  {
    statement: "So can five-layer networks without skip connections.",
    paper: "not in the paper",
    verdict: costsAtMost(5, 3),
  },
  {
    statement: "So can Vision Transformers.",
    paper: "up to +5, worst near the middle",
    verdict: costsAtMost(5, 4),
  },
  {
    statement: "An untrained bottom cannot be stitched at the deepest layers.",
    paper: "about +34",
    verdict: costsAtLeastTheirs(34, 1),
  },
  {
    statement: "An untrained bottom is free at the first layers.",
    paper: "about 0 for the first fifth",
    because: "perhaps because 16 random filters keep less of the image than 64",
    verdict(report) {
      const [stem] = curveOf(report, 1).sites;
      if (!stem) throw new RangeError("sites: expected the stem, found none");
      return { ours: penaltyText(stem), holds: isWithin(stem, 3) };
    },
  },
];
