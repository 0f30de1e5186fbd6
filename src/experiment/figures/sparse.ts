import type { Report, SiteResult } from "../report";
import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf, penaltyText } from "./verdicts";

const shares = [0.5, 0.25, 0.1, 0.02] as const;

export const sparse: Preset = {
  title: "Few connections are enough?",
  figure: null,
  group: "beyond",
  names: ["all connections", "half", "a quarter", "a tenth", "one in fifty"],
  main: 3,
  oneScale: true,
  highest: 35,
  compared: [
    [0, 1],
    [0, 2],
    [0, 3],
    [0, 4],
  ],
  claim:
    "The later the layer, the fewer connections a stitch needs: at block 8 one in fifty is enough, at block 2 even half cost 9 points more.",
  scale:
    "ResNet-18 with 8 filters, at four of nine layers; pruned in rounds during 10 epochs on 10,000 images, from the least-squares stitch.",
  spec: {
    ...recordedSpec(
      "resnet18-w8-s0",
      "resnet18-w8-s1",
      shares.map((share) => ({ family: `sparse-${share}` })),
    ),
    epochs: 10,
    sites: [2, 4, 6, 8],
  },
  lookFor:
    "At block 8 all five curves meet: 82 of 4,096 connections cost 0.4 points. At block 2, with 64 connections in all, each share costs more than the one before.",
  question:
    "A stitch may connect every channel of the top with every channel of the bottom. How many of these connections does it need?",
};

/** What a share costs more than all connections, by site. */
function costsOf(report: Report, share: (typeof shares)[number]): SiteResult[] {
  const whole = curveOf(report).sites;
  return curveOf(report, 1 + shares.indexOf(share)).sites.map((site) => {
    const all = whole.find((other) => other.site === site.site);
    if (!all) throw new RangeError(`sites: expected ${site.name} in both curves`);
    return {
      ...site,
      penalty: site.penalty - all.penalty,
      // As if the two were independent: they share their test images, so it is less.
      penaltyStandardError: Math.hypot(site.penaltyStandardError, all.penaltyStandardError),
    };
  });
}

const worstOf = (sites: readonly SiteResult[]): SiteResult =>
  sites.reduce((a, b) => (b.penalty > a.penalty ? b : a));

export const sparseClaims = (): readonly Claim[] => [
  {
    statement: "The more channels a layer has, the smaller the share that it needs.",
    paper: "not in the paper",
    verdict(report) {
      const costs = costsOf(report, 0.1);
      const [first, last] = [costs[0], costs.at(-1)];
      if (!first || !last) throw new RangeError("sites: expected at least one, found none");
      const more = first.penalty - last.penalty;
      return {
        ours: `with a tenth, ${penaltyText(first)} more and ${penaltyText(last)} more`,
        holds: more > 2 * Math.hypot(first.penaltyStandardError, last.penaltyStandardError),
      };
    },
  },
  {
    statement: "A quarter of the connections costs at most 2 points more than all of them.",
    paper: "not in the paper",
    because: "because block 2 has eight channels, and 16 connections are too few for them",
    verdict(report) {
      const worst = worstOf(costsOf(report, 0.25));
      return {
        ours: `${penaltyText(worst)} more at most`,
        holds: 100 * (worst.penalty - 2 * worst.penaltyStandardError) <= 2,
      };
    },
  },
  {
    statement: "With one connection in fifty, every layer costs at least 10 points more.",
    paper: "not in the paper",
    because: "because at block 8 a few connections carry the answer",
    verdict(report) {
      const costs = costsOf(report, 0.02);
      const least = costs.reduce((a, b) => (b.penalty < a.penalty ? b : a));
      return {
        ours: `${penaltyText(least)} more at least`,
        holds: 100 * (least.penalty + 2 * least.penaltyStandardError) >= 10,
      };
    },
  },
];
