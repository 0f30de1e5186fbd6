import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtLeast, curveOf } from "./verdicts";

const bottom = "resnet18-w16-s1";

export const shuffled: Preset = {
  title: "Positions shuffled",
  figure: "Section 3",
  group: "cka",
  names: ["not shuffled", "positions shuffled", "untrained"],
  main: 1,
  oneScale: true,
  claim:
    "Shuffle the spatial positions: CKA over all features does not change, but a position-wise stitch shows that the top can no longer use them.",
  scale: "ResNet-18 with 16 filters; the same shuffle for all images.",
  spec: recordedSpec("resnet18-w16-s0", bottom, [
    { bottom, perturbation: "shuffled" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The two CKA curves coincide. With shuffled positions block 1 costs 72 points, but block 8 only 0.4: A averages over positions next.",
  question: "All features are still there, but at other positions. Is the representation the same?",
};

export const shuffledClaims = (): readonly Claim[] => [
  {
    statement: "The penalty changes.",
    paper: "the 1 × 1 stitch cannot put positions back",
    verdict: costsAtLeast(20, 1),
  },
  {
    statement: "CKA does not change.",
    paper: "invariant to any order of the features",
    verdict(report) {
      const plain = curveOf(report);
      const changes = curveOf(report, 1).sites.map(({ site, cka }) => {
        const before = plain.sites.find((other) => other.site === site)?.cka ?? NaN;
        return Math.abs((cka ?? NaN) - before);
      });
      const most = Math.max(...changes);
      return { ours: `by ${most.toFixed(4)} at most`, holds: most < 0.001 };
    },
  },
];
