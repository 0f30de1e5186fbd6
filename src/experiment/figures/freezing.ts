import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, curveOf, largest, penaltyText } from "./verdicts";

/** Everything trained at once, by the recipe that `fresh-top` trains the layers above a site with. */
const top = "train:seed=0,width=8,images=50000,parts=1";
/** In as many steps: a tenth of the images, ten times as often. */
const few = "train:seed=1,width=8,images=5000,epochs=100,parts=1";

export const freezing: Preset = {
  title: "Freeze training",
  figure: "Figure 9",
  group: "more",
  names: ["stitched", "the other way", "frozen", "untrained, frozen"],
  main: 2,
  claim:
    "In the paper, layers that need little data can be taken from a network trained on a tenth of it and kept frozen: training only the others costs 2 to 3 points.",
  scale:
    "ResNet-18 with 8 filters; the frozen layers have seen 5,000 images, all others train for 10 epochs on 50,000.",
  spec: {
    ...recordedSpec(top, few, [
      { top: few, bottom: top },
      { family: "fresh-top" },
      { bottom: "resnet18-w8-random", family: "fresh-top" },
    ]),
    trainImages: 50_000,
    epochs: 10,
    // Not block 2, where eight channels leave a stitch of any two seeds little room.
    sites: [3, 4],
  },
  lookFor:
    "The inspector draws test accuracy by epoch, next to that of the network whose layers were all trained.",
  question:
    "The first layers of a network have only ever seen a tenth of the images. What does it cost to train all others on all images?",
};

export const freezingClaims = (): readonly Claim[] => [
  {
    // Another seed that has seen all images costs up to 2 at this width.
    statement: "The chosen layers need few images: stitched, they cost at most 3 points.",
    paper: "about 0",
    verdict: costsAtMost(3),
  },
  {
    statement: "The other way, layers that have seen all images cost at most 3 points, too.",
    paper: "about 0",
    verdict: costsAtMost(3, 1),
  },
  {
    statement:
      "With these layers frozen, training the others comes within 3 points of training all.",
    paper: "within 2 to 3",
    verdict: costsAtMost(3, 2),
  },
  {
    statement: "Frozen, untrained layers cost more than those that have seen 5,000 images.",
    paper: "not in the paper",
    verdict(report) {
      const [trained, random] = [largest(curveOf(report, 2)), largest(curveOf(report, 3))];
      const error = Math.hypot(trained.penaltyStandardError, random.penaltyStandardError);
      return {
        ours: `up to ${penaltyText(random)}; trained ${penaltyText(trained)}`,
        holds: random.penalty - trained.penalty > 2 * error,
      };
    },
  },
];
