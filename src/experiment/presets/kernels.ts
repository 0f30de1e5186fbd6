import type { Preset } from "./preset";
import { curveOf, largest, told } from "./penalties";
import { recordedSpec } from "./recorded-spec";

const bottom = "resnet18-w16-s1";

export const kernels: Preset = {
  title: "Larger kernels",
  figure: "Figure 4",
  claim: "A stitch that sees more of the neighbourhood does no better: it is not doing the work.",
  scale: "ResNet-18 with 16 filters; kernels of 1, 3 and 5, at three of the nine layers.",
  // A larger kernel takes its square in time: three layers tell.
  spec: {
    ...recordedSpec(
      "resnet18-w16-s0",
      bottom,
      [
        { bottom, family: "kernel-3" },
        { bottom, family: "kernel-5" },
      ],
      "paper",
    ),
    taps: [2, 4, 6],
  },
  lookFor: "Whether the curves of different kernels can be told apart by their error bars.",
  claims: [3, 5].map((side, also) => ({
    statement: `A kernel of ${String(side)} × ${String(side)} changes no penalty by much.`,
    paper: "no matter, from 1 to 9",
    verdict(report) {
      const plain = curveOf(report);
      const gains = curveOf(report, also).taps.map((tap) => {
        const before = plain.taps.find((other) => other.tap === tap.tap);
        if (!before) throw new RangeError(`taps: expected ${tap.name} in both curves`);
        return { ...tap, penalty: before.penalty - tap.penalty };
      });
      const most = largest({ ...plain, taps: gains });
      return { ours: `gains ${told(most)} at most`, holds: Math.abs(100 * most.penalty) <= 2 };
    },
  })),
  question:
    "If the stitch may look at its neighbours too, will it repair what a 1 × 1 stitch cannot?",
};
