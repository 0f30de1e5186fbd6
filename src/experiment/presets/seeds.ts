import type { Preset } from "./preset";
import { beyond, curveOf, largest, told, within } from "./penalties";
import { recordedSpec } from "./recorded-spec";

export const seeds: Preset = {
  title: "Different seeds",
  figure: "Figure 2A",
  claim:
    "Networks trained from different random starts can be stitched at every layer for a few points of error; an untrained bottom cannot.",
  scale: "ResNet-18 with 16 filters instead of 64, 10,000 images to train a stitch.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-s1", [
    { bottom: "resnet18-w16-random" },
    { bottom: "resnet18-w16-s2" },
    { top: "myrtle-w16-s0", bottom: "myrtle-w16-s1" },
  ]),
  lookFor:
    "The trained bottom stays near zero all the way up. The untrained one is as good at first, then costs more with every layer.",
  claims: [
    {
      statement: "Trained networks of different seeds stitch at every layer.",
      paper: "−1 to +5",
      verdict(report) {
        const worst = largest(curveOf(report));
        return { ours: `at most ${told(worst)}`, holds: within(worst, 5) };
      },
    },
    {
      statement: "So do five-layer networks without skip connections.",
      paper: "not in the paper",
      verdict(report) {
        const worst = largest(curveOf(report, 2));
        return { ours: `at most ${told(worst)}`, holds: within(worst, 5) };
      },
    },
    {
      statement: "An untrained bottom does not, at the deepest layers.",
      paper: "about +34",
      verdict(report) {
        const worst = largest(curveOf(report, 0));
        return { ours: `up to ${told(worst)}`, holds: beyond(worst, 20) };
      },
    },
    {
      statement: "An untrained bottom is free at the first layers.",
      paper: "about 0 for the first fifth",
      verdict(report) {
        const [stem] = curveOf(report, 0).taps;
        if (!stem) throw new RangeError("taps: expected the stem, found none");
        return { ours: told(stem), holds: within(stem, 3) };
      },
    },
  ],
  question:
    "Two networks start from different random weights and never see each other. Could the first half of one work with the second half of the other?",
};
