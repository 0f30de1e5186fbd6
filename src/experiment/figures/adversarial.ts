import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf, isBeyond, isWithin, largest, penaltyText } from "./verdicts";

const [usual, robust] = ["resnet18-w16-s0", "resnet18-w16-adv"];

export const adversarial: Preset = {
  title: "Adversarially trained",
  figure: null,
  group: "beyond",
  names: ["robust → standard", "standard → robust", "another seed", "untrained"],
  claim:
    "A standard top can use a robust network’s stem, but not its later features: they cost 16 to 21 points from block 2 on.",
  scale: "ResNet-18 with 16 filters; fast single-step training, ε = 8/255.",
  spec: recordedSpec(usual, robust, [
    { top: robust, bottom: usual },
    { bottom: "resnet18-w16-s1" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "The other direction is a gain at every layer, up to 22 points: about the gap between the networks’ own errors.",
  question:
    "A robust network must ignore something that others use. At which layer does that begin?",
};

export const adversarialClaims = (): readonly Claim[] => [
  {
    statement: "Near the output a robust bottom costs more than another seed.",
    paper: "not in the paper",
    verdict(report) {
      const worst = largest(curveOf(report));
      const seed = largest(curveOf(report, 2));
      return {
        ours: `up to ${penaltyText(worst)}; another seed ${penaltyText(seed)}`,
        holds: isBeyond(worst, 100 * seed.penalty),
      };
    },
  },
  {
    statement: "In the first half, a standard top can use a robust bottom.",
    paper: "not in the paper",
    because: "perhaps because the robust bottom is much weaker: it alone is wrong on 32%",
    verdict(report) {
      const curve = curveOf(report);
      const early = curve.sites.slice(0, Math.ceil(curve.sites.length / 2));
      const worst = largest({ ...curve, sites: early });
      return { ours: `at most ${penaltyText(worst)}`, holds: isWithin(worst, 5) };
    },
  },
];
