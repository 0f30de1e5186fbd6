import type { Preset } from "./preset";
import { beyond, curveOf, largest, told, within } from "./penalties";
import { recordedSpec } from "./recorded-spec";

export const random: Preset = {
  title: "An untrained bottom",
  figure: "Figure 5",
  claim:
    "Stitching and CKA disagree about untrained networks: CKA can call them alike where no stitch makes them useful.",
  scale: "ResNet-18 with 16 filters instead of 64.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-random", [
    { bottom: "resnet18-w16-s0" },
    { bottom: "resnet18-w16-s1" },
  ]),
  lookFor:
    "The order of the curves in the two charts: which bottom does each measure call closer to the top?",
  claims: [
    {
      statement: "At the deepest layers no stitch makes an untrained bottom useful.",
      paper: "about +34",
      verdict(report) {
        const worst = largest(curveOf(report));
        return { ours: `up to ${told(worst)}`, holds: beyond(worst, 20) };
      },
    },
    {
      statement: "The network’s own bottom, beneath a stitch that must be learnt, costs nothing.",
      paper: "a control; not in the figure",
      verdict(report) {
        const worst = largest(curveOf(report, 0));
        return { ours: `at most ${told(worst)}`, holds: within(worst, 1) };
      },
    },
  ],
  question: "Can an untrained network be useful to a trained one? Up to which layer?",
};
