import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf } from "./verdicts";

const [trained, untrained] = ["resnet18-w8-s1", "resnet18-w8-random"];

export const finetuning: Preset = {
  title: "Fine-tuning instead",
  figure: "Figure 8",
  group: "cka",
  names: ["stitched", "untrained, stitched", "fine-tuned", "untrained, fine-tuned"],
  main: 1,
  claim:
    "Layers that are trained from scratch on top of an untrained bottom make up for it. A stitch cannot: it shows what the bottom itself has learned.",
  scale:
    "ResNet-18 with 8 filters instead of ResNet-50; the layers above are trained for 10 epochs on 10,000 images.",
  spec: {
    ...recordedSpec("resnet18-w8-s0", trained, [
      { bottom: untrained },
      { family: "fresh-top" },
      { bottom: untrained, family: "fresh-top" },
    ]),
    epochs: 10,
  },
  lookFor: "",
  question:
    "A network keeps its first layers as they were at birth; all others are trained. Will it be any good?",
};

/** How much more an untrained bottom costs than a trained one, at a site, in points. */
function gapsOf(report: Parameters<typeof curveOf>[0], [plain, random]: [number, number]) {
  const [below, above] = [curveOf(report, plain).sites, curveOf(report, random).sites];
  return below.flatMap((site) => {
    const other = above.find((each) => each.site === site.site);
    if (!other) return [];
    const standardError = Math.hypot(site.penaltyStandardError, other.penaltyStandardError);
    return [{ site, gap: 100 * (other.penalty - site.penalty), error: 100 * standardError }];
  });
}

export const finetuningClaims = (): readonly Claim[] => [
  {
    statement:
      "Stitching tells an untrained bottom from a trained one where fine-tuning hardly does.",
    paper: "fine-tuned, they are alike until late layers",
    verdict(report) {
      const stitched = gapsOf(report, [0, 1]);
      const tuned = gapsOf(report, [2, 3]);
      const both = stitched.flatMap((each) => {
        const other = tuned.find(({ site }) => site.site === each.site.site);
        return other ? [{ ...each, other, more: each.gap - other.gap }] : [];
      });
      const most = both.reduce((a, b) => (b.more > a.more ? b : a));
      const error = Math.hypot(most.error, most.other.error);
      return {
        ours: `${most.gap.toFixed(1)} points apart when stitched, ${most.other.gap.toFixed(1)} when fine-tuned, at ${most.site.name}`,
        holds: most.more - 2 * error > 10,
      };
    },
  },
];
