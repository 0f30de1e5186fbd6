import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

/** Stitched to the best network, from the worst to the best of the others; an untrained one beside. */
const bottoms = [
  "resnet18-w16-n10k",
  "resnet18-w16-n25k",
  "resnet18-w16-s1",
  "resnet18-w16-random",
] as const;
const [first, ...rest] = bottoms;

export const similar: Preset = {
  title: "More is similar?",
  figure: "Figure 7",
  claim:
    "Better networks have more similar representations: the more data the bottom saw, the lower the penalty.",
  scale: "ResNet-18 with 16 filters; bottoms trained on 10,000, 25,000 and 50,000 images.",
  spec: recordedSpec(
    "resnet18-w16-s0",
    first,
    rest.map((bottom) => ({ bottom })),
  ),
  lookFor:
    "Hide the untrained bottom (click its name) and compare the order of the others in both charts.",
  question: "Do good networks resemble each other more than bad ones do?",
};
