import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, gainsAtMost, improvesSomewhere } from "./verdicts";

export const time: Preset = {
  title: "More training time",
  figure: "Figure 3B",
  group: "more",
  names: ["fully trained", "half trained", "untrained"],
  paper: [{ from: -1, to: 0 }],
  claim:
    "For a briefly trained top, a bottom trained longer works better than its own, at every layer.",
  scale: "One run of 32 epochs, saved after 25, 50 and 100%.",
  spec: recordedSpec("resnet18-w16-e25", "resnet18-w16-e100", [
    { bottom: "resnet18-w16-e50" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor: "2.6 to 10.5 points better at every layer. In the paper the gain is under 1.",
  question:
    "Would a half-trained network get better or worse if its first layers came from a fully trained one?",
};

export const timeClaims = (): readonly Claim[] => [
  {
    statement: "A bottom trained longer costs almost nothing at any layer.",
    paper: "no losses",
    verdict: costsAtMost(1),
  },
  {
    statement: "Late in the network it is a gain.",
    paper: "gains, late",
    verdict: improvesSomewhere(),
  },
  {
    statement: "The gain is small.",
    paper: "under 1",
    because: "perhaps because our top stopped after 8 of 32 epochs",
    verdict: gainsAtMost(1),
  },
];
