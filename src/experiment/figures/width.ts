import { type Claim, type Preset, recordedSpec } from "./figure";
import {
  curveOf,
  gainsAtMost,
  improvesSomewhere,
  isWithin,
  largest,
  penaltyText,
} from "./verdicts";

export const width: Preset = {
  title: "More width",
  figure: "Figure 3C",
  group: "more",
  names: ["16 filters", "8 filters", "untrained", "32 filters"],
  paper: [{ from: -1, to: 0 }],
  claim:
    "A wider bottom costs a narrow top 3 to 6 points at block 2 and helps it from block 5 on: the wider, the better.",
  scale: "ResNet-18 with 4, 8, 16 and 32 filters.",
  spec: recordedSpec("resnet18-w4-s0", "resnet18-w16-s0", [
    { bottom: "resnet18-w8-s0" },
    { bottom: "resnet18-w16-random" },
    { bottom: "resnet18-w32-s0" },
  ]),
  lookFor:
    "In the paper no layer gets worse. Here block 2 costs most, perhaps because four channels leave an early stitch little room.",
  question: "Do wide networks learn different features, or more of the same?",
};

const places = [0, 1, 3];
const reasons = {
  losses: "perhaps because four channels leave an early stitch little room",
  gains: "perhaps because our top has four filters",
};

export const widthClaims = (): readonly Claim[] => widerBottomClaims(width.names, places, reasons);

/**
 * @param names of all curves
 * @param places of the bottoms that are wider than the top, and trained; the figure's own first
 * @param reasons why a claim does not hold, where it does not
 */
export const widerBottomClaims = (
  names: readonly string[],
  places: readonly number[],
  reasons: { readonly losses?: string; readonly gains?: string } = {},
): readonly Claim[] => [
  {
    statement: "A wider bottom costs almost nothing at any layer.",
    paper: "no losses",
    ...(reasons.losses !== undefined && { because: reasons.losses }),
    verdict(report) {
      const worst = places
        .map((curve) => ({ name: names[curve] ?? "", site: largest(curveOf(report, curve)) }))
        .reduce((a, b) => (b.site.penalty > a.site.penalty ? b : a));
      return {
        ours: `at most ${penaltyText(worst.site)}, with ${worst.name}`,
        holds: isWithin(worst.site, 1),
      };
    },
  },
  {
    statement: "Late in the network it is a gain.",
    paper: "gains, late",
    verdict: improvesSomewhere(places[0]),
  },
  {
    statement: "The gain is small.",
    paper: "under 1",
    ...(reasons.gains !== undefined && { because: reasons.gains }),
    verdict: gainsAtMost(1, places[0]),
  },
];
