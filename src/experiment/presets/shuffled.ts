import type { Preset } from "./preset";
import { beyond, curveOf, largest, told } from "./penalties";
import { recordedSpec } from "./recorded-spec";

const bottom = "resnet18-w16-s1";

export const shuffled: Preset = {
  title: "Positions shuffled",
  figure: "Section 3",
  claim:
    "When the positions of a representation change places, CKA of all features at once sees nothing; a stitch of single positions sees that the top can no longer use it.",
  scale: "ResNet-18 with 16 filters; one order of the positions for all images.",
  spec: recordedSpec("resnet18-w16-s0", bottom, [{ bottom, altered: "shuffled" }]),
  lookFor:
    "CKA’s two curves lie on each other, the penalty’s do not, except where position no longer matters.",
  claims: [
    {
      statement: "CKA does not change.",
      paper: "invariant to any order of the features",
      verdict(report) {
        const plain = curveOf(report);
        const changes = curveOf(report, 0).taps.map(({ tap, cka }) => {
          const before = plain.taps.find((other) => other.tap === tap)?.cka ?? NaN;
          return Math.abs((cka ?? NaN) - before);
        });
        const most = Math.max(...changes);
        return { ours: `by ${most.toFixed(4)} at most`, holds: most < 0.001 };
      },
    },
    {
      statement: "The penalty does.",
      paper: "the 1 × 1 stitch cannot put positions back",
      verdict(report) {
        const worst = largest(curveOf(report, 0));
        return { ours: `up to ${told(worst)}`, holds: beyond(worst, 20) };
      },
    },
  ],
  question: "All features are still there, each at another place. Is the representation the same?",
};
