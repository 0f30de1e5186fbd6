import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf, isWithin, largest, leastAlike, penaltyText } from "./verdicts";

const bottom = "resnet18-w16-s1";

export const noise: Preset = {
  title: "Useless channels",
  figure: "Section 3",
  group: "cka",
  names: ["no noise", "16 noise channels", "128 noise channels", "untrained"],
  main: 2,
  claim:
    "Adding noise channels to a representation removes nothing from it. A stitch nearly ignores them; CKA falls.",
  scale: "ResNet-18 with 16 filters; 16 and 128 channels of standard Gaussian noise.",
  spec: recordedSpec("resnet18-w16-s0", bottom, [
    { bottom, perturbation: "noise-16" },
    { bottom, perturbation: "noise-128" },
    { bottom: "resnet18-w16-random" },
  ]),
  lookFor:
    "128 noise channels add at most 1.0 points. CKA falls below 0.1, except at the last block.",
  question:
    "Add a hundred noise channels to a network’s features. Are the features less similar to another network’s?",
};

export const noiseClaims = (): readonly Claim[] => [
  {
    statement: "The stitch ignores 128 channels of noise.",
    paper: "not measured; expected of any stitching-based measure",
    verdict(report) {
      const plain = curveOf(report);
      const noisy = curveOf(report, 2);
      const costs = noisy.sites.map((site) => {
        const before = plain.sites.find((other) => other.site === site.site)?.penalty ?? NaN;
        return { ...site, penalty: site.penalty - before };
      });
      const most = largest({ ...noisy, sites: costs });
      return { ours: `costs ${penaltyText(most)} at most`, holds: isWithin(most, 2) };
    },
  },
  {
    statement: "CKA falls.",
    paper: "can be made arbitrarily low",
    verdict(report) {
      const [plain, noisy] = [leastAlike(curveOf(report)), leastAlike(curveOf(report, 2))];
      return {
        ours: `down to ${noisy.text}, from ${plain.text}`,
        holds: noisy.value < plain.value / 2,
      };
    },
  },
];
