import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const scale: Preset = {
  title: "Narrow and wide pairs",
  figure: "Figure 2A",
  claim:
    "Two networks of one width can be stitched nearly everywhere, and for less the wider they are.",
  scale: "ResNet-18 with 8, 16 and 32 filters, two seeds of each.",
  spec: recordedSpec("resnet18-w32-s0", "resnet18-w32-s1", [
    { top: "resnet18-w16-s0", bottom: "resnet18-w16-s1" },
    { top: "resnet18-w8-s0", bottom: "resnet18-w8-s1" },
    { top: "resnet18-w16-s0", bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Take the untrained bottom out of the chart by its name. Wide networks pay a point or so at most. The narrowest pay about two, and at one early layer far more: eight times the training takes only a point off.",
  question: "Are wide networks more alike than narrow ones, or do they have more room to differ?",
};
