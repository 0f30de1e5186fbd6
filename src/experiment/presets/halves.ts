import type { Preset } from "./preset";
import { recordedSpec } from "./recorded-spec";

export const halves: Preset = {
  title: "Disjoint training sets",
  figure: "Figure 2A",
  claim:
    "Networks that saw no training image in common can be stitched nearly as well as networks that saw the same.",
  scale: "ResNet-18 with 16 filters; each saw 25,000 images, for as many steps as on all of them.",
  spec: recordedSpec("resnet18-w16-half0", "resnet18-w16-half1", [
    { bottom: "resnet18-w16-half0" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "How close the other half’s curve stays to that of the network’s own bottom, the control.",
  question:
    "Two networks learn from different photographs of the same ten things. Do they learn the same features?",
};
