import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost } from "./verdicts";

export const scale: Preset = {
  title: "Narrow and wide pairs",
  figure: "Figure 2A",
  group: "more",
  names: ["32 filters", "16 filters", "8 filters", "untrained"],
  highest: 5,
  paper: [{ from: -1, to: 5 }],
  claim: "Networks of equal width can be stitched nearly everywhere: the wider, the cheaper.",
  scale: "ResNet-18 with 8, 16 and 32 filters, two seeds of each.",
  spec: recordedSpec("resnet18-w32-s0", "resnet18-w32-s1", [
    { top: "resnet18-w16-s0", bottom: "resnet18-w16-s1" },
    { top: "resnet18-w8-s0", bottom: "resnet18-w8-s1" },
    { top: "resnet18-w16-s0", bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "32 filters cost at most 1.4 points, 16 at most 2.1. With 8, block 2 costs 18 (paper: at most 5), the others up to 2.1.",
  question: "Are wide networks more similar than narrow ones, or do they have more room to differ?",
};

export const scaleClaims = (): readonly Claim[] =>
  [32, 16, 8].map((width, index) => ({
    statement: `Networks with ${width} filters can be stitched at every layer.`,
    paper: "−1 to +5, at 64 filters",
    ...(width === 8 && {
      because: "perhaps because eight channels leave an early stitch little room",
    }),
    verdict: costsAtMost(5, index),
  }));
