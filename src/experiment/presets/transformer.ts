import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

const [convolutional, transforming] = ["resnet18-w16-s0", "vit-d192-s0"];

export const transformer: Preset = {
  title: "Transformer and convolutions",
  figure: null,
  claim:
    "A Vision Transformer reads patches and mixes them by attention, a ResNet mixes neighbours. What of the one can the other use?",
  scale: "A small Vision Transformer, weaker than the ResNet: see both base errors.",
  spec: recordedSpec(convolutional, transforming, [
    { top: transforming, bottom: convolutional },
    { top: transforming, bottom: "vit-d192-s1" },
  ]),
  lookFor:
    "Both directions, against two transformers: maps are resized to the size that the top expects, and tokens laid out as maps.",
  question: "Do all good networks see the same, or do attention and convolution see differently?",
};
