/**
 * Sweeps at one layer: curves that differ from an inspected one in the stitch's family alone, by
 * the share of connections that it keeps, or by its rank.
 */
import { isClosedForm, rankOf, shareOf, trainedRankOf } from "../../../experiment/family";
import type { ProbeResult } from "../../../experiment/probes";
import type { SiteResult } from "../../../experiment/report";
import { protocols } from "../../../experiment/protocol";
import { mostCurves, withProbes, type Curve, type Spec } from "../../../experiment/spec";
import type { StitchRef } from "../../../engine/host/inspect";
import type { LabModel } from "../../engine/models";
import { siteCountOf, withSites } from "../../session/experiment/edits";
import { curveResults, type Results } from "../../session/results/results";

/** What a stitch with some share of the connections costs. */
export interface ShareResult {
  /** In (0, 1]; 1 is the affine stitch. */
  readonly share: number;
  readonly result: SiteResult;
}

/** Returns what is known by share, the smallest first. */
export function sharesSwept(spec: Spec, results: Results, ref: StitchRef): ShareResult[] {
  const shares = relatives(spec, results, ref).flatMap(({ family, result }) => {
    const share = family === "affine" ? 1 : shareOf(family);
    return share === undefined ? [] : [{ share, result }];
  });
  const pruned = shares.filter(({ share }) => share < 1);
  const [whole] = shares.filter(({ share }) => share === 1);
  return [...pruned, ...(whole ? [whole] : [])].sort((a, b) => a.share - b.share);
}

/** The test error with some rank, a fraction. */
export interface RankError {
  readonly rank: number;
  readonly error: number;
}

/** Test errors at one layer by rank: of the stitched network, and of linear probes. */
export interface RankSweep {
  /** The highest rank of a stitch: the smaller number of channels. */
  readonly most: number;
  /** With the closest map of each rank, the lowest first; that of the highest is least squares. */
  readonly closest: readonly RankError[];
  /** With the stitch that was trained at each rank; that of the highest is the affine one. */
  readonly trained: readonly RankError[];
  /** Of the top alone. */
  readonly top: number;
  /** Of each network's own layer; none where it has no probe. */
  readonly probes: Readonly<Record<"top" | "bottom", readonly RankError[]>>;
}

/** @param most the smaller number of channels @returns null without a result at the site */
export function rankSweep(
  spec: Spec,
  results: Results,
  ref: StitchRef,
  most: number,
): RankSweep | null {
  const found = relatives(spec, results, ref);
  const { sites, probes } = curveResults(results, ref.curve);
  const own = sites.get(ref.site)?.result;
  if (!own) return null;
  const [bottomTap, topTap] = own.taps ?? [ref.site, ref.site];
  const errors = (rankIn: (family: Curve["family"]) => number | undefined): RankError[] =>
    found
      .flatMap(({ family, result }) => {
        const rank = rankIn(family);
        return rank === undefined || rank >= most ? [] : [{ rank, error: result.testError }];
      })
      .sort((a, b) => a.rank - b.rank);
  const affine = found.find(({ family }) => family === "affine")?.result;
  return {
    most,
    closest: [
      ...errors((family) => (isClosedForm(family) ? rankOf(family) : undefined)),
      { rank: most, error: own.leastSquaresTestError },
    ],
    trained: [
      ...errors(trainedRankOf),
      ...(affine && affine.steps > 0 ? [{ rank: most, error: affine.testError }] : []),
    ],
    top: own.testError - own.penalty,
    probes: {
      top: probeErrors(probes, "top", topTap),
      bottom: probeErrors(probes, "bottom", bottomTap),
    },
  };
}

function probeErrors(
  probes: readonly ProbeResult[],
  role: ProbeResult["role"],
  tap: number,
): RankError[] {
  // Where both were asked for, the pooled one comes first.
  const probe = probes
    .filter((other) => other.role === role && other.tap === tap)
    .toSorted((a, b) => b.representation.localeCompare(a.representation))[0];
  return (probe?.errorByRank ?? []).map((error, k) => ({ rank: k + 1, error }));
}

/** Powers of two below the highest rank, which is least squares; as many as curves may be. */
export function ranksToSweep(most: number): readonly number[] {
  return Array.from({ length: mostCurves - 1 }, (_, k) => 2 ** k).filter((rank) => rank < most);
}

/**
 * The experiment of a curve at one site with a curve for each rank, trained as the protocol does,
 * and with linear probes.
 */
export function withRankSweep(
  spec: Spec,
  { curve, site }: StitchRef,
  models: readonly LabModel[],
  most: number,
): Spec {
  const { objective: _, ...own } = spec.curves[curve] ?? spec.curves[0];
  const first: Curve = { ...own, family: "affine" };
  const isTrained = protocols[spec.protocol].training !== "none";
  const ranks = ranksToSweep(most).map((rank): Curve => ({
    ...first,
    family: isTrained ? `trained-rank-${rank}` : `rank-${rank}`,
  }));
  const swept: Spec = { ...spec, curves: [first, ...ranks] };
  const probed = spec.probes ? swept : withProbes(swept, ["pooled"]);
  return withSites(probed, [site], siteCountOf(spec, models));
}

interface Relative {
  readonly family: Curve["family"];
  readonly result: SiteResult;
}

/** Curves that may differ from the inspected one in their family alone, with results at its site. */
function relatives(spec: Spec, results: Results, { curve, site }: StitchRef): Relative[] {
  const own = spec.curves[curve];
  if (!own) return [];
  return spec.curves.flatMap((other, index) => {
    const isRelative = (["top", "bottom", "seed", "perturbation", "objective"] as const).every(
      (field) => other[field] === own[field],
    );
    const result = curveResults(results, index).sites.get(site)?.result;
    return isRelative && result ? [{ family: other.family, result }] : [];
  });
}
