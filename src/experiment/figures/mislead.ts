import { type Claim, type Preset, recordedSpec } from "./figure";
import type { Report, SiteResult } from "../report";
import { costsAtMost, curveOf, penaltyText } from "./verdicts";

const bottom = "resnet18-w16-s1";

export const mislead: Preset = {
  title: "Stitching can mislead",
  figure: null,
  group: "beyond",
  names: ["another seed", "class-clustered noise", "shuffled labels", "objects vs. animals"],
  main: 1,
  highest: 12,
  compared: [[0, 1]],
  claim:
    "Noise that knows each image’s label, and nothing else of it, can be stitched into a trained network: from block 4 on, better than any network.",
  scale:
    "ResNet-18 with 16 filters on CIFAR-10, where Smith, Mannering and Marcu (2025) have networks for MNIST and ImageNet; one direction for each class, the same at all positions.",
  spec: {
    ...recordedSpec("resnet18-w16-s0", bottom, [
      { bottom, perturbation: "class-noise" },
      { bottom, objective: "shuffled-labels" },
      { bottom: "resnet18-w16-animals" },
    ]),
    sites: [0, 2, 4, 6, 8],
    permutations: 200,
    departure: true,
  },
  lookFor:
    "From block 4 on, the stitched noise makes no error: 9.6 points better than the top itself, where another seed costs up to 1.4. “Can this be believed?” tells the two apart: there the noise never returns to the top’s distribution.",
  question:
    "A stitch reads noise that differs only by the image’s class. Can the top tell what it sees? From which layer on?",
};

export const misleadClaims = (): readonly Claim[] => [
  {
    statement:
      "At some layer, noise that has seen no image costs less than a network trained with another seed.",
    paper: "clustered random noise is stitched successfully",
    verdict(report) {
      const apart = besideOther(report, 1);
      const least = apart.reduce((a, b) => (b.penalty < a.penalty ? b : a));
      const cheaper = apart.filter(isLess).length;
      return {
        ours: `less at ${cheaper} of ${apart.length} layers, at best by ${penaltyText(least)}`,
        holds: cheaper > 0,
      };
    },
  },
  {
    statement: "Fitted to shuffled labels, a stitch is nowhere better than least squares.",
    paper: "not in the paper",
    verdict(report) {
      const gains = curveOf(report, 2).sites.map((site): SiteResult => {
        const { testError, leastSquaresTestError, leastSquaresPenaltyStandardError } = site;
        const both = Math.hypot(site.penaltyStandardError, leastSquaresPenaltyStandardError);
        const penalty = testError - leastSquaresTestError;
        return { ...site, penalty, penaltyStandardError: both };
      });
      const best = gains.reduce((a, b) => (b.penalty < a.penalty ? b : a));
      return { ours: `at best ${penaltyText(best)}`, holds: !gains.some(isLess) };
    },
  },
  {
    statement: "A bottom that learned another task, objects or animals, costs at most 10 points.",
    paper: "networks for different tasks are stitched successfully",
    because: "perhaps because a narrow network keeps little that its two classes do not need",
    verdict: costsAtMost(10, 3),
  },
];

/** A curve's penalties relative to the first one's, at the sites that both have. */
function besideOther(report: Report, curve: number): SiteResult[] {
  const honest = curveOf(report).sites;
  return curveOf(report, curve).sites.flatMap((site) => {
    const other = honest.find((one) => one.site === site.site);
    if (!other) return [];
    const error = Math.hypot(site.penaltyStandardError, other.penaltyStandardError);
    return [{ ...site, penalty: site.penalty - other.penalty, penaltyStandardError: error }];
  });
}

/** Whether a difference is below 0, by twice the standard error. */
function isLess({ penalty, penaltyStandardError }: SiteResult): boolean {
  return penalty + 2 * penaltyStandardError < 0;
}
