import type { CurveReport, TapResult } from "../report";
import type { Claim, Preset } from "./preset";
import { beyond, curveOf, largest, told, within } from "./penalties";
import { recordedSpec } from "./recorded-spec";

/** The worst tap of the first half. */
function worstEarly({ top, bottom, taps }: CurveReport): TapResult {
  return largest({ top, bottom, taps: taps.slice(0, Math.ceil(taps.length / 2)) });
}

function freeEarly(statement: string, also?: number): Claim {
  return {
    statement,
    paper: "about 0 in the first half",
    verdict(report) {
      const worst = worstEarly(curveOf(report, also));
      return { ours: `at most ${told(worst)}`, holds: within(worst, 5) };
    },
  };
}

export const labels: Preset = {
  title: "Other labels",
  figure: "Figure 3A",
  claim:
    "Networks trained on coarser or partly wrong labels share the first half of their features with one trained on the right ones; trained on random labels only, nothing but the first layers.",
  scale: "ResNet-18 with 16 filters; objects against animals, and 10, 50 and 100% random labels.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-animals", [
    { bottom: "resnet18-w16-noise10" },
    { bottom: "resnet18-w16-noise50" },
    { bottom: "resnet18-w16-noise100" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor: "The layer at which each curve leaves zero: the worse the labels, the earlier.",
  claims: [
    freeEarly("Objects against animals: the first half is free."),
    freeEarly("A tenth of the labels random: the first half is free.", 0),
    freeEarly("Half of the labels random: the first half is free.", 1),
    {
      statement: "All labels random: useless at the top.",
      paper: "about 8 at a quarter of the depth, about 80 at the top",
      verdict(report) {
        const worst = largest(curveOf(report, 2));
        return { ours: `up to ${told(worst)}`, holds: beyond(worst, 50) };
      },
    },
  ],
  question:
    "A network memorised 50,000 pictures with random labels. Is anything that it learnt of use to a network that learnt the right ones?",
};
