import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

/** Ten of 82: the stem, and every ninth block; 27 and 54 end a stage. */
const sites = [0, 9, 18, 27, 36, 45, 54, 63, 72, 81];

export const deeper: Preset = {
  title: "164 layers deep",
  figure: "Figure 2A",
  claim: "Even 164-layer networks can be stitched at any depth for a few points of extra error.",
  scale: "ResNet-164 of basic blocks, at ten of its 82 layers. Slow without a GPU.",
  spec: {
    ...recordedSpec("resnet164-w16-s0", "resnet164-w16-s1", [{ bottom: "resnet164-w16-random" }]),
    sites,
  },
  lookFor: "Compare with “Deep networks”: three times as many layers cost no more.",
  question: "Does the penalty of a cut in the middle grow with depth?",
};
