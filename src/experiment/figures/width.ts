import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, improvesSomewhere } from "./verdicts";

export const width: Preset = {
  title: "More width",
  figure: "Figure 3C",
  group: "more",
  names: ["16 filters", "8 filters", "untrained", "32 filters"],
  paperRange: [-1, 0],
  claim:
    "A wider bottom costs a narrow top up to 6 points in its first blocks and helps it from block 5 on: the wider, the better.",
  scale: "ResNet-18 with 4, 8, 16 and 32 filters.",
  spec: recordedSpec("resnet18-w4-s0", "resnet18-w16-s0", [
    { bottom: "resnet18-w8-s0" },
    { bottom: "resnet18-w16-random" },
    { bottom: "resnet18-w32-s0" },
  ]),
  lookFor:
    "In the paper no layer gets worse. Here block 2 costs most, perhaps because four channels leave an early stitch little room.",
  question: "Do wide networks learn different features, or more of the same?",
};

export const widthClaims = (): readonly Claim[] => [
  {
    statement: "A wider bottom costs almost nothing at any layer.",
    paper: "gains under 1, no losses",
    because: "perhaps because four channels leave an early stitch little room",
    verdict: costsAtMost(1),
  },
  {
    statement: "Late in the network it is a gain.",
    paper: "gains under 1, late",
    verdict: improvesSomewhere(),
  },
];
