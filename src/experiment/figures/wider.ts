import { type Claim, type Preset, recordedSpec } from "./figure";
import { widerBottomClaims } from "./width";

export const wider: Preset = {
  title: "More width, as in the paper",
  figure: "Figure 3C",
  group: "more",
  names: ["32 filters", "untrained"],
  paper: [{ from: -1, to: 0 }],
  claim:
    "A bottom of twice the width costs less than a point at every layer and helps near the output.",
  scale:
    "ResNet-18 with 16 filters on top and 32 below: the paper’s 0.25 and 0.5 times the usual width, without its 1.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w32-s0", [{ bottom: "resnet18-w16-random" }]),
  lookFor:
    "At most +0.7 points, and −2.3 at block 8. All networks are four times as wide as in “More width”, where twice the width costs 6 points at block 2.",
  question: "Does a bottom of twice the width fit a top that is not very narrow?",
};

/** Places of the bottoms that are wider than the top, and trained. */
const places = [0];

export const widerClaims = (): readonly Claim[] =>
  widerBottomClaims(wider.names, places, {
    gains: "because the bottom alone is 2.3 points better than the top",
  });
