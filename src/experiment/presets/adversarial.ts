import type { Preset } from "./preset";
import { beyond, curveOf, largest, told, within } from "./penalties";
import { recordedSpec } from "./recorded-spec";

const [usual, robust] = ["resnet18-w16-s0", "resnet18-w16-adv"];

export const adversarial: Preset = {
  title: "Adversarially trained",
  figure: null,
  claim:
    "The paper leaves adversarially trained networks to future work: do they learn other features than usually trained ones?",
  scale: "ResNet-18 with 16 filters; fast single-step training, ε = 8/255.",
  spec: recordedSpec(usual, robust, [
    { top: robust, bottom: usual },
    { bottom: "resnet18-w16-s1" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The two directions: what a robust bottom costs a usual top, and the other way about, against two usual networks.",
  claims: [
    {
      statement: "A robust bottom serves a usual top in the first half.",
      paper: "not in the paper",
      verdict(report) {
        const curve = curveOf(report);
        const early = curve.taps.slice(0, Math.ceil(curve.taps.length / 2));
        const worst = largest({ ...curve, taps: early });
        return { ours: `at most ${told(worst)}`, holds: within(worst, 5) };
      },
    },
    {
      statement: "Near the top it costs more than another seed does.",
      paper: "not in the paper",
      verdict(report) {
        const worst = largest(curveOf(report));
        const seed = largest(curveOf(report, 1));
        return {
          ours: `up to ${told(worst)}; another seed ${told(seed)}`,
          holds: beyond(worst, 100 * seed.penalty),
        };
      },
    },
  ],
  question:
    "A network that cannot be fooled by small changes must ignore something that others use. From which layer on?",
};
