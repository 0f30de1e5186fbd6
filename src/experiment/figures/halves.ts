import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost } from "./verdicts";

export const halves: Preset = {
  title: "Disjoint training sets",
  figure: "Figure 2A",
  group: "roads",
  names: ["other half of images", "its own bottom", "untrained"],
  claim:
    "Networks that share no training images can be stitched about as well as networks that share all.",
  scale: "ResNet-18 with 16 filters; each saw 25,000 images, for as many steps as on all 50,000.",
  spec: recordedSpec("resnet18-w16-half0", "resnet18-w16-half1", [
    { bottom: "resnet18-w16-half0" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor: "The other half’s bottom costs at most 2.3 points; the network’s own, a control, 0.3.",
  question:
    "Two networks see different images of the same ten classes. Do they learn the same features?",
};

export const halvesClaims = (): readonly Claim[] => [
  {
    statement: "Networks trained on disjoint halves can be stitched at every layer.",
    paper: "within a few points",
    verdict: costsAtMost(5),
  },
];
