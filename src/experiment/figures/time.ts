import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, improvesSomewhere } from "./verdicts";

export const time: Preset = {
  title: "More training time",
  figure: "Figure 3B",
  claim: "For a briefly trained top, a bottom trained longer works at least as well as its own.",
  scale: "One run of 32 epochs, saved after 25, 50 and 100%.",
  spec: recordedSpec("resnet18-w16-e25", "resnet18-w16-e100", [
    { bottom: "resnet18-w16-e50" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor: "Negative penalties: the bottom trained longer does better than the top’s own.",
  question:
    "Would a half-trained network get better or worse if its first layers came from a fully trained one?",
};

export const timeClaims = (): readonly Claim[] => [
  {
    statement: "A bottom trained longer costs almost nothing at any layer.",
    paper: "gains under 1, none lost",
    verdict: costsAtMost(1),
  },
  {
    statement: "Late in the network it is a gain.",
    paper: "gains under 1, late",
    verdict: improvesSomewhere(),
  },
];
