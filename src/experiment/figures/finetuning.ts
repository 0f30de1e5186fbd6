import { type Claim, type Preset, recordedSpec } from "./figure";
import type { Report } from "../report";
import { curveOf } from "./verdicts";

const [trained, untrained] = ["resnet18-w8-s1", "resnet18-w8-random"];

export const finetuning: Preset = {
  title: "Fine-tuning instead",
  figure: "Figure 8",
  group: "cka",
  names: ["stitched", "untrained, stitched", "fine-tuned", "untrained, fine-tuned"],
  main: 1,
  // Above that are only the stitch before training and the untrained network's own error.
  highest: 66,
  compared: [
    [0, 1],
    [2, 3],
    [1, 3],
  ],
  claim:
    "Layers trained from scratch on top of an untrained bottom make up for part of it. A stitch cannot: it shows what the bottom itself has learned.",
  scale:
    "ResNet-18 with 8 filters; the layers above are trained for 10 epochs on 10,000 images only, cropped and mirrored.",
  spec: {
    ...recordedSpec("resnet18-w8-s0", trained, [
      { bottom: untrained },
      { family: "fresh-top" },
      { bottom: untrained, family: "fresh-top" },
    ]),
    epochs: 10,
  },
  lookFor:
    "At block 3, untrained and trained are 52 points apart when stitched, 24 when the layers above are trained. At block 2 the trained bottom’s stitch was still improving when its epochs ended.",
  question:
    "A network keeps its first layers as they were before any training; all others are trained. How good can it be?",
};

interface Gap {
  readonly name: string;
  /** How much more the untrained bottom costs than the trained one, in points. */
  readonly points: number;
  readonly error: number;
}

function gapsOf(report: Report, [plain, random]: readonly [number, number]): Gap[] {
  const others = curveOf(report, random).sites;
  return curveOf(report, plain).sites.map(({ site, name, penalty, penaltyStandardError }) => {
    const other = others.find((each) => each.site === site);
    if (!other) throw new RangeError(`sites: expected ${name} in both curves`);
    return {
      name,
      points: 100 * (other.penalty - penalty),
      error: 100 * Math.hypot(other.penaltyStandardError, penaltyStandardError),
    };
  });
}

const [stitched, tuned] = [[0, 1] as const, [2, 3] as const];

export const finetuningClaims = (): readonly Claim[] => [
  {
    statement:
      "Stitching tells an untrained bottom from a trained one better than fine-tuning does.",
    paper: "stitching tells them apart, fine-tuning hardly",
    verdict(report) {
      const others = gapsOf(report, tuned);
      const both = gapsOf(report, stitched).map((gap, index) => {
        const { points = NaN, error = NaN } = others[index] ?? {};
        const difference = { more: gap.points - points, doubt: 2 * Math.hypot(gap.error, error) };
        return { ...gap, ...difference, fineTuned: points };
      });
      const most = both.reduce((a, b) => (b.more > a.more ? b : a));
      return {
        ours: `${most.points.toFixed(1)} points apart when stitched, ${most.fineTuned.toFixed(1)} when fine-tuned, at ${most.name}`,
        holds: most.more - most.doubt > 10,
      };
    },
  },
  {
    statement:
      "Fine-tuned, an untrained bottom is about as good as a trained one until late layers.",
    paper: "alike in all but the last layers",
    because:
      "perhaps because the layers above had only 10,000 images and 10 epochs to make up for it",
    verdict(report) {
      const gaps = gapsOf(report, tuned);
      const middle = gaps[Math.floor(gaps.length / 2)];
      if (!middle) throw new RangeError("sites: expected at least one, found none");
      return {
        ours: `${middle.points.toFixed(1)} ± ${middle.error.toFixed(1)} apart at ${middle.name}`,
        holds: middle.points - 2 * middle.error <= 5,
      };
    },
  },
];
