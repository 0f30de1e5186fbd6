import { type Claim, type Preset, recordedSpec } from "./figure";
import type { CurveReport, SiteResult } from "../report";
import { costsAtLeast, curveOf, isWithin, largest, penaltyText } from "./verdicts";

export const labels: Preset = {
  title: "Other labels",
  figure: "Figure 3A",
  group: "roads",
  names: [
    "objects vs. animals",
    "10% random labels",
    "50% random labels",
    "100% random labels",
    "untrained",
  ],
  oneScale: true,
  compared: [
    [1, 2],
    [1, 3],
    [2, 3],
    [3, 4],
  ],
  claim:
    "A bottom trained with 10% random labels costs at most 2 points, with 50% at most 7. With random labels only, it costs about as much as an untrained one.",
  scale: "ResNet-18 with 16 filters; objects vs. animals; 10, 50 and 100% random labels.",
  spec: recordedSpec("resnet18-w16-s0", "resnet18-w16-animals", [
    { bottom: "resnet18-w16-noise10" },
    { bottom: "resnet18-w16-noise50" },
    { bottom: "resnet18-w16-noise100" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "Two classes: in the paper the first half of the network costs nothing; here it costs up to 11 points, and block 8 costs 37.",
  question:
    "A network memorised 50,000 images with random labels. Did it learn anything useful to a network trained on the right labels?",
};

/** The worst site of the first half. */
function worstEarly({ top, bottom, sites }: CurveReport): SiteResult {
  return largest({ top, bottom, sites: sites.slice(0, Math.ceil(sites.length / 2)) });
}

function freeEarly(statement: string, curve = 0): Claim {
  return {
    statement,
    paper: "about 0 in the first half",
    verdict(report) {
      const worst = worstEarly(curveOf(report, curve));
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  };
}

export const labelsClaims = (): readonly Claim[] => [
  {
    ...freeEarly("Objects vs. animals: the first half is free."),
    paper: "about 0 in the first half for two classes",
    because: "perhaps because a narrow network keeps little that its two classes do not need",
  },
  freeEarly("10% random labels: the first half is free.", 1),
  freeEarly("50% random labels: the first half is free.", 2),
  {
    statement: "100% random labels: useless near the output.",
    paper: "about 8 at a quarter of the depth, about 80 at the top",
    verdict: costsAtLeast(50, 3),
  },
];
