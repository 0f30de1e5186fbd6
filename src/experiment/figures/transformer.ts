import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf, improvesSomewhere, isBeyond, isWithin, penaltyText } from "./verdicts";

const [convolutional, transforming] = ["resnet18-w16-s0", "vit-d192-s0"];

export const transformer: Preset = {
  title: "Transformer and convolutions",
  figure: null,
  group: "beyond",
  names: ["ViT → ResNet", "ResNet → ViT", "untrained ViT"],
  oneScale: true,
  claim:
    "A Vision Transformer and a ResNet cannot use each other’s first layers. Near the output the stronger network’s bottom improves the weaker.",
  scale: "A small Vision Transformer, weaker than the ResNet: compare their own errors.",
  spec: recordedSpec(convolutional, transforming, [
    { top: transforming, bottom: convolutional },
    { bottom: "vit-d192-random" },
  ]),
  lookFor:
    "At the input CKA is 0.88, yet stitching costs 50 points, as with an untrained transformer. Maps are resized to fit A.",
  question: "Do attention and convolution learn the same features?",
};

export const transformerClaims = (): readonly Claim[] => [
  {
    statement: "At the input neither can use what the other computes.",
    paper: "not in the paper",
    verdict(report) {
      const inputs = [curveOf(report), curveOf(report, 1)].flatMap(({ sites }) => sites[0] ?? []);
      return {
        ours: inputs.map(penaltyText).join("; "),
        holds: inputs.every((site) => isBeyond(site, 20)),
      };
    },
  },
  {
    statement: "At some layers a ResNet’s bottom is better for the transformer than its own.",
    paper: "not in the paper",
    verdict: improvesSomewhere(1),
  },
  {
    statement:
      "At the input a trained transformer is no better for a ResNet than an untrained one.",
    paper: "not in the paper",
    verdict(report) {
      const [trained] = curveOf(report).sites;
      const [untrained] = curveOf(report, 2).sites;
      if (!trained || !untrained) throw new RangeError("sites: expected a first one, found none");
      const gain = { ...trained, penalty: untrained.penalty - trained.penalty };
      return {
        ours: `${penaltyText(trained)}; untrained ${penaltyText(untrained)}`,
        holds: isWithin(gain, 2),
      };
    },
  },
];
