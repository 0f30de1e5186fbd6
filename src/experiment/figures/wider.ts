import { type Claim, type Preset, recordedSpec } from "./figure";
import { widerBottomClaims } from "./width";

export const wider: Preset = {
  title: "More width, as in the paper",
  figure: "Figure 3C",
  group: "more",
  names: ["32 filters", "64 filters", "untrained"],
  paper: [{ from: -1, to: 0 }],
  claim:
    "In the paper, a bottom of two or four times the width costs nothing at any layer and helps a little near the output.",
  scale:
    "ResNet-18 with 16 filters on top and 32 and 64 below: the paper’s 0.25, 0.5 and 1 times the usual width.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w32-s0", [
    { bottom: "resnet18-w64-s0" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "All networks are four times as wide as in “More width”; two and four times the top’s width are in both.",
  question: "Does a bottom of four times the width fit a top that is not very narrow?",
};

/** Places of the bottoms that are wider than the top, and trained. */
const places = [0, 1];

export const widerClaims = (): readonly Claim[] => widerBottomClaims(wider.names, places);
