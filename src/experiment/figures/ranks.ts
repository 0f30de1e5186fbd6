import type { ProbeResult } from "../probes";
import type { Report, SiteResult } from "../report";
import { withProbes } from "../spec";
import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf } from "./verdicts";

const swept = [2, 4, 8, 16] as const;
type Rank = (typeof swept)[number];

export const ranks: Preset = {
  title: "Stitches and probes of low rank",
  figure: "Section 2",
  group: "cka",
  names: ["any rank", "rank 2", "rank 4", "rank 8", "rank 16"],
  main: 2,
  highest: 14,
  claim:
    "Sixteen directions of a layer are enough for a stitch, and near the output four nearly are, where a probe of rank 4 loses far more.",
  scale:
    "ResNet-18 with 16 filters, at four of nine layers; each rank trained for up to 10 epochs on 10,000 images, from the least-squares stitch of that rank.",
  spec: {
    ...withProbes(
      recordedSpec(
        "resnet18-w16-s0",
        "resnet18-w16-s1",
        swept.map((rank) => ({ family: `trained-rank-${rank}` as const })),
      ),
      ["pooled"],
    ),
    epochs: 10,
    sites: [2, 4, 6, 8],
  },
  lookFor:
    "At block 8 rank 4 costs a stitch 2 points and a probe 11; at block 2 it is 7 and 3. The inspector draws both by rank. The layers have 16, 32, 64 and 128 channels.",
  question: "How many directions of a layer does a probe need, and how many does a stitch need?",
};

/** What a low rank costs at one layer, in errors of test images. */
interface LowRank {
  readonly name: string;
  /** Of a stitch, over one of any rank. */
  readonly stitch: number;
  /** Of the bottom's probe, over the whole probe. */
  readonly probe: number;
  /** Of the difference of the two. */
  readonly standardError: number;
}

const bindingRank: Rank = 4;

function lowRank(report: Report, site: SiteResult, rank: Rank): LowRank {
  const whole = curveOf(report);
  const low = curveOf(report, 1 + swept.indexOf(rank)).sites.find(
    (other) => other.site === site.site,
  );
  const probe = whole.probes?.find(
    ({ role, tap }: ProbeResult) => role === "bottom" && tap === site.site,
  );
  // Of more directions than the whole probe has, it is the whole.
  const probed = probe?.errorByRank[rank - 1] ?? probe?.errorByRank.at(-1);
  if (!low || !probe || probed === undefined) {
    throw new RangeError(`sites: expected a stitch and a probe of rank ${rank} at ${site.name}`);
  }
  return {
    name: site.name,
    stitch: low.testError - site.testError,
    probe: probed - probe.testError,
    // As if the two were independent.
    standardError: Math.hypot(
      low.penaltyStandardError,
      site.penaltyStandardError,
      probe.testErrorStandardError * Math.SQRT2,
    ),
  };
}

const points = (fraction: number): string =>
  `${fraction < 0 ? "−" : "+"}${Math.abs(100 * fraction).toFixed(1)}`;

function lowRankText({ stitch, probe, standardError, name }: LowRank): string {
  const error = (100 * standardError).toFixed(1);
  return `stitch ${points(stitch)}, probe ${points(probe)} (difference ± ${error}) at ${name}`;
}

export const ranksClaims = (): readonly Claim[] => [
  {
    statement: "With 16 directions, a stitch is within 2 points of one of any rank.",
    paper: "not in the paper",
    verdict(report) {
      const all = curveOf(report).sites.map((site) => lowRank(report, site, 16));
      const worst = all.reduce((a, b) => (b.stitch > a.stitch ? b : a));
      return {
        ours: `at most ${points(worst.stitch)} at ${worst.name}`,
        holds: worst.stitch - 2 * worst.standardError <= 0.02,
      };
    },
  },
  {
    statement: `In the first half, a stitch of rank ${bindingRank} loses more than a probe of rank ${bindingRank}.`,
    paper: "not in the paper",
    verdict(report) {
      const [first] = curveOf(report).sites;
      if (!first) throw new RangeError("sites: expected at least one, found none");
      const found = lowRank(report, first, bindingRank);
      return {
        ours: lowRankText(found),
        holds: found.stitch - found.probe > 2 * found.standardError,
      };
    },
  },
  {
    statement: "At the last layer, the two lose about the same: they differ by at most 5 points.",
    paper: "not in the paper",
    because:
      "perhaps because a probe of rank 4 must tell ten classes apart, and the top behind a stitch has learned to",
    verdict(report) {
      const last = curveOf(report).sites.at(-1);
      if (!last) throw new RangeError("sites: expected at least one, found none");
      const found = lowRank(report, last, bindingRank);
      const apart = Math.abs(found.stitch - found.probe);
      return { ours: lowRankText(found), holds: apart - 2 * found.standardError <= 0.05 };
    },
  },
];
