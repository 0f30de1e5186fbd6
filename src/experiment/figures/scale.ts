import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost } from "./verdicts";

export const scale: Preset = {
  title: "Narrow and wide pairs",
  figure: "Figure 2A",
  claim: "Networks of equal width can be stitched nearly everywhere: the wider, the cheaper.",
  scale: "ResNet-18 with 8, 16 and 32 filters, two seeds of each.",
  spec: recordedSpec("resnet18-w32-s0", "resnet18-w32-s1", [
    { top: "resnet18-w16-s0", bottom: "resnet18-w16-s1" },
    { top: "resnet18-w8-s0", bottom: "resnet18-w8-s1" },
    { top: "resnet18-w16-s0", bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Hide the untrained bottom (click its name). Wide networks cost about a point at most. The narrowest cost about two, and far more at one early layer; eight times the training saves only a point there.",
  question: "Are wide networks more similar than narrow ones, or do they have more room to differ?",
};

export const scaleClaims = (): readonly Claim[] =>
  [32, 16, 8].map((width, index) => ({
    statement: `Networks with ${width} filters can be stitched at every layer.`,
    paper: "−1 to +5, at 64 filters",
    verdict: costsAtMost(5, index),
  }));
