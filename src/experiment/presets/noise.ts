import type { Preset } from "./preset";
import { curveOf, largest, told, within } from "./penalties";
import { recordedSpec } from "./recorded-spec";
import { leastAlike } from "./similarities";

const bottom = "resnet18-w16-s1";

export const noise: Preset = {
  title: "Useless channels",
  figure: "Section 3",
  claim:
    "Channels of noise beside a representation take nothing away from it: a stitch leaves them out, and CKA falls.",
  scale: "ResNet-18 with 16 filters; 16 and 128 channels of standard Gaussian noise.",
  spec: recordedSpec("resnet18-w16-s0", bottom, [
    { bottom, altered: "noise-16" },
    { bottom, altered: "noise-128" },
  ]),
  lookFor: "The penalty’s curves lie on each other; CKA’s fall the more the more noise there is.",
  claims: [
    {
      statement: "The stitch does not mind 128 channels of noise.",
      paper: "not measured; said of any measure that stitching is",
      verdict(report) {
        const plain = curveOf(report);
        const noisy = curveOf(report, 1);
        const costs = noisy.taps.map((tap) => {
          const before = plain.taps.find((other) => other.tap === tap.tap)?.penalty ?? NaN;
          return { ...tap, penalty: tap.penalty - before };
        });
        const most = largest({ ...noisy, taps: costs });
        return { ours: `costs ${told(most)} at most`, holds: within(most, 2) };
      },
    },
    {
      statement: "CKA does.",
      paper: "can be made as low as one likes",
      verdict(report) {
        const [plain, noisy] = [leastAlike(curveOf(report)), leastAlike(curveOf(report, 1))];
        return {
          ours: `down to ${noisy.text}, from ${plain.text}`,
          holds: noisy.value < plain.value / 2,
        };
      },
    },
  ],
  question:
    "Somebody adds a hundred channels of noise to a network’s features. Are the features less alike to another network’s?",
};
