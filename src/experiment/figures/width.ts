import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, improvesSomewhere } from "./verdicts";

export const width: Preset = {
  title: "More width",
  figure: "Figure 3C",
  claim: "For a narrow top, a wider network’s bottom works at least as well as its own.",
  scale: "ResNet-18 with 4, 8, 16 and 32 filters.",
  spec: recordedSpec("resnet18-w4-s0", "resnet18-w16-s0", [
    { bottom: "resnet18-w8-s0" },
    { bottom: "resnet18-w16-random" },
    { bottom: "resnet18-w32-s0" },
  ]),
  lookFor: "Negative penalties: the wider bottom does better than the top’s own.",
  question: "Do wide networks learn different features, or more of the same?",
};

export const widthClaims = (): readonly Claim[] => [
  {
    statement: "A wider bottom costs almost nothing at any layer.",
    paper: "gains under 1, none lost",
    verdict: costsAtMost(1),
  },
  {
    statement: "Late in the network it is a gain.",
    paper: "gains under 1, late",
    verdict: improvesSomewhere(),
  },
];
