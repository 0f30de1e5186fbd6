import { type Claim, type Preset, recordedSpec } from "./figure";
import { costsAtMost, curveOf, penaltyText } from "./verdicts";

/** Four filters each: two cores train one in a few minutes. */
const [top, bottom, untrained] = ["train:seed=0", "train:seed=1", "train:seed=1,epochs=0"];

export const trained: Preset = {
  title: "Networks you train yourself",
  figure: null,
  group: "beyond",
  names: ["another seed", "untrained"],
  // Both curves are the point.
  oneScale: true,
  claim:
    "After minutes of training, another seed costs 12 points early and 2 at the end; untrained, it costs 16 early and 44 at the end.",
  scale: "ResNet-18 with 4 filters, trained for 10 epochs on 10,000 images.",
  spec: recordedSpec(top, bottom, [{ bottom: untrained }]),
  lookFor:
    "The curves part with depth: training is what makes two networks’ later layers exchangeable. CKA of the pair is lowest in the middle, where stitching is not worst.",
  question:
    "Two networks are trained in front of you, from different random weights. Will they fit together?",
};

export const trainedClaims = (): readonly Claim[] => [
  {
    statement: "A trained bottom costs less than an untrained one at every layer.",
    paper: "not in the paper",
    verdict(report) {
      const pairs = curveOf(report).sites.flatMap((site, place) => {
        const control = curveOf(report, 1).sites[place];
        return control ? [{ site, control }] : [];
      });
      const [first, ...rest] = pairs;
      if (!first) throw new RangeError("sites: expected at least one, found none");
      const gap = ({ site, control }: typeof first): number => control.penalty - site.penalty;
      const least = rest.reduce((a, b) => (gap(b) < gap(a) ? b : a), first);
      const { site, control } = least;
      const error = Math.hypot(site.penaltyStandardError, control.penaltyStandardError);
      return {
        ours: `closest: ${penaltyText(site)}, untrained ${penaltyText(control)}`,
        holds: gap(least) > 2 * error,
      };
    },
  },
  {
    statement: "Networks from different seeds can be stitched at every layer.",
    paper: "−1 to +5, with wider networks",
    because: "perhaps because four channels leave an early stitch little room",
    verdict: costsAtMost(5),
  },
];
