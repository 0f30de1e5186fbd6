import type { Preset } from "./preset";
import { curveOf, largest, smallest, told, within } from "./penalties";
import { recordedSpec } from "./recorded-spec";

export const time: Preset = {
  title: "More training time",
  figure: "Figure 3B",
  claim:
    "Bottoms that were trained longer serve a top that was trained less at least as well as its own.",
  scale: "One run of 32 epochs, kept after a quarter, half and all of it.",
  spec: recordedSpec("resnet18-w16-e25", "resnet18-w16-e100", [
    { bottom: "resnet18-w16-e50" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor: "Negative penalties: there the longer trained bottom does better than the top's own.",
  claims: [
    {
      statement: "A bottom that was trained longer costs next to nothing anywhere.",
      paper: "gains under 1, none lost",
      verdict(report) {
        const worst = largest(curveOf(report));
        return { ours: `at most ${told(worst)}`, holds: within(worst, 1) };
      },
    },
    {
      statement: "Late in the network it gains something.",
      paper: "gains under 1, late",
      verdict(report) {
        const best = smallest(curveOf(report));
        const gains = best.penalty + 2 * best.penaltyStandardError < 0;
        return { ours: `best ${told(best)}`, holds: gains };
      },
    },
  ],
  question:
    "Would a half-trained network get better or worse if its first layers came from a fully trained one?",
};
