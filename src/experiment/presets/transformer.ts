import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const [convolutional, transforming] = ["resnet18-w16-s0", "vit-d192-s0"];

export const transformer: Preset = {
  title: "Transformer and convolutions",
  figure: null,
  claim:
    "A Vision Transformer and a ResNet cannot use each other’s first layers; near the output the better one’s bottom helps the weaker.",
  scale: "A small Vision Transformer, weaker than the ResNet: see both base errors.",
  spec: recordedSpec(convolutional, transforming, [
    { top: transforming, bottom: convolutional },
    { bottom: "vit-d192-random" },
  ]),
  lookFor:
    "At the input CKA is high and a stitch costs most; there an untrained transformer serves as well. Further on CKA falls, and so does the penalty. Maps are resized to the size that the top expects, and tokens laid out as maps.",
  question: "Do all good networks see the same, or do attention and convolution see differently?",
};
