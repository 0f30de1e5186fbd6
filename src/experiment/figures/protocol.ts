import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtLeast, curveOf, isWithin, penaltyText } from "./verdicts";

export const protocol: Preset = {
  title: "The paper’s own protocol",
  figure: "Appendix B",
  group: "roads",
  names: ["another seed", "untrained", "a third seed"],
  highest: 36,
  claim:
    "A stitch trains slowly from random weights. Between trained networks, the least-squares stitch needs no training and beats four epochs at all but the last layer.",
  scale: "ResNet-18 with 16 filters; four epochs on 10,000 images.",
  spec: recordedSpec(
    "resnet18-w16-s0",
    "resnet18-w16-s1",
    [{ bottom: "resnet18-w16-random" }, { bottom: "resnet18-w16-s2" }],
    "paper",
  ),
  lookFor: "After four epochs block 2 still costs 66 points; least squares (hollow dots) costs 6.",
  question: "Which is harder to find: a good stitch near the input, or one near the output?",
};

export const protocolClaims = (): readonly Claim[] => [
  {
    statement: "Four epochs are not enough at early layers.",
    paper: "trains to the end",
    verdict: costsAtLeast(10),
  },
  {
    statement: "Four epochs are enough at the deepest layer.",
    paper: "trains to the end",
    verdict(report) {
      const last = curveOf(report).sites.at(-1);
      if (!last) throw new RangeError("sites: expected at least one, found none");
      return { ours: penaltyText(last), holds: isWithin(last, 1) };
    },
  },
];
