import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const [convolutional, transforming] = ["resnet18-w16-s0", "vit-d192-s0"];

export const transformer: Preset = {
  title: "Transformer and convolutions",
  figure: null,
  claim:
    "A Vision Transformer and a ResNet cannot use each other’s first layers. Near the output the stronger network’s bottom improves the weaker.",
  scale: "A small Vision Transformer, weaker than the ResNet: compare their own errors.",
  spec: recordedSpec(convolutional, transforming, [
    { top: transforming, bottom: convolutional },
    { bottom: "vit-d192-random" },
  ]),
  lookFor:
    "At the input CKA is high, stitching costs most, and an untrained transformer does as well. Later both CKA and the penalty fall. Maps are resized to fit the top; tokens are laid out as maps.",
  question: "Do attention and convolution learn the same features?",
};
