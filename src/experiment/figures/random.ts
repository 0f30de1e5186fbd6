import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtLeastTheirs, costsAtMost } from "./verdicts";

export const random: Preset = {
  title: "An untrained bottom",
  figure: "Figure 5",
  group: "cka",
  names: ["untrained", "its own bottom", "another seed"],
  oneScale: true,
  compared: [
    [0, 1],
    [0, 2],
  ],
  // The claim is of the deepest layers; two points to either side stand for “about”.
  paper: [{ from: 32, to: 36, words: "about +34", depths: [0.75, 1] }],
  claim:
    "No stitch makes the deep layers of an untrained network useful to a trained one. Stitching and CKA disagree on which layers those are.",
  scale: "ResNet-18 with 16 filters instead of 64.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-random", [
    { bottom: "resnet18-w16-s0" },
    { bottom: "resnet18-w16-s1" },
  ]),
  lookFor: "At block 2 the untrained bottom costs 46 points, yet CKA is 0.57.",
  question: "Can an untrained network be useful to a trained one? Up to which layer?",
};

export const randomClaims = (): readonly Claim[] => [
  {
    statement: "At the deepest layers no stitch makes an untrained bottom useful.",
    paper: "about +34",
    verdict: costsAtLeastTheirs(34),
  },
  {
    statement: "The network’s own bottom costs nothing, although the stitch must be learned.",
    paper: "a control; not in the figure",
    verdict: costsAtMost(1, 1),
  },
];
