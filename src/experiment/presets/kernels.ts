import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const bottom = "resnet18-w16-s1";

export const kernels: Preset = {
  title: "Larger kernels",
  figure: "Figure 4",
  claim: "A stitch that sees more of the neighbourhood does no better: it is not doing the work.",
  scale:
    "ResNet-18 with 16 filters; kernels of 1, 3 and 5, at three of the nine layers, all from the least-squares stitch.",
  // A larger kernel takes its square in time: three layers tell.
  spec: {
    ...recordedSpec("resnet18-w16-s0", bottom, [
      { bottom, family: "kernel-3" },
      { bottom, family: "kernel-5" },
      { bottom: "resnet18-w16-random" },
    ]),
    sites: [2, 4, 6],
  },
  lookFor:
    "Take the untrained bottom out of the chart by its name: can the curves of different kernels be told apart by their error bars?",
  question:
    "If the stitch may look at its neighbours too, will it repair what a 1 × 1 stitch cannot?",
};
