import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const scale: Preset = {
  title: "Narrow and wide pairs",
  figure: "Figure 2A",
  claim: "Two networks of one width can be stitched, whatever that width is.",
  scale: "ResNet-18 with 8, 16 and 32 filters, two seeds of each.",
  spec: recordedSpec("resnet18-w32-s0", "resnet18-w32-s1", [
    { top: "resnet18-w16-s0", bottom: "resnet18-w16-s1" },
    { top: "resnet18-w8-s0", bottom: "resnet18-w8-s1" },
  ]),
  lookFor: "Which width pays most, and at which layers the three curves part.",
  question: "Are wide networks more alike than narrow ones, or do they have more room to differ?",
};
