/** Computes the numbers of a report from the results of tasks. */
import { joinedClasses, type ClassIndices } from "../../core/data/form";
import { mergeSums, type ClosedFormSums } from "../../core/similarity/sums";
import { mergeMoments, type Moments } from "../../core/stitch/moments";
import { errorOverlap } from "../../core/scoring/error-overlap";
import { errorOf, penaltyOf } from "../../core/scoring/penalty";
import { tapsOf } from "../../core/nets/taps";
import type { LeastSquaresScore, Role } from "../../experiment/events";
import type { ModelIdentity } from "../../experiment/plan/check-networks";
import type { ProbeResult } from "../../experiment/probes";
import type { ModelResult, SiteResult } from "../../experiment/report";
import type { BaselineResult } from "../kinds/baseline";
import type { DepartureResult } from "../kinds/departure";
import type { ClosedFormResult } from "../kinds/closed-form";
import type { FamilyResult } from "../kinds/family";
import type { FreshTopResult } from "../kinds/fresh-top";
import type { LeastSquaresResult } from "../kinds/least-squares";
import type { ProbeTask } from "../../experiment/plan/task";
import type { MeasuresResult } from "../kinds/measures";
import type { ProbeTaskResult } from "../kinds/probe";
import type { SimilarityResult } from "../kinds/similarity";
import type { StitchResult } from "../kinds/stitch";

export function modelResult(
  model: Pick<ModelIdentity, "id" | "sha256" | "errorByEpoch">,
  { wrong }: BaselineResult,
): ModelResult {
  const { value, standardError } = errorOf(wrong);
  return {
    id: model.id,
    sha256: model.sha256,
    testError: value,
    testErrorStandardError: standardError,
    ...(model.errorByEpoch && { errorByEpoch: model.errorByEpoch }),
  };
}

/**
 * A probe as a report has it, once for each role of its network; none where representations are not
 * finite.
 */
export function probeResult(
  { model, tap, representation }: ProbeTask,
  { probe }: ProbeTaskResult,
  models: Readonly<Record<Role, ModelIdentity>>,
): ProbeResult[] {
  if (probe === null) return [];
  const { wrong, features, errorByRank } = probe;
  const { value, standardError } = errorOf(wrong);
  return (["top", "bottom"] as const).flatMap((role) => {
    const { sha256, architecture } = models[role];
    if (sha256 !== model) return [];
    return [
      {
        role,
        tap,
        name: tapsOf(architecture)[tap]?.name ?? `tap ${tap}`,
        representation,
        features,
        testError: value,
        testErrorStandardError: standardError,
        errorByRank,
      },
    ];
  });
}

/** A site's sums, merged over the parts in order; undefined where no part has any. */
export function mergedSums(
  parts: readonly (ClosedFormResult | SimilarityResult)[],
  site: number,
): ClosedFormSums | undefined {
  const [first, ...rest] = parts.flatMap(({ sums }) => sums[site] ?? []);
  return first && rest.reduce(mergeSums, first);
}

/** Sums by site. */
export type SumsOfSites = ReadonlyMap<number, ClosedFormSums>;

/** Merges the sums of one more part. */
export function withSums(
  before: SumsOfSites,
  sums: readonly (ClosedFormSums | null)[],
): SumsOfSites {
  const merged = new Map(before);
  for (const [site, sum] of sums.entries()) {
    const earlier = merged.get(site);
    if (sum) merged.set(site, earlier ? mergeSums(earlier, sum) : sum);
  }
  return merged;
}

/** A site's moments, merged over the parts in order; null where none has any. */
export function momentsAt(parts: readonly ClosedFormResult[], site: number): Moments | null {
  const moments = parts.flatMap(({ sums }) => sums[site]?.moments ?? []);
  const [first, ...rest] = moments;
  return first ? rest.reduce(mergeMoments, first) : null;
}

/** Debiased linear CKA; null where it is undefined. */
export function ckaIn({ linearCka }: SiteResult["similarity"]): number | null {
  return linearCka ?? null;
}

/**
 * Measures on the training images as older versions stored them, with the least-squares stitches;
 * undefined where one is missing.
 */
export function olderMeasures(
  parts: readonly LeastSquaresResult[],
  asked: readonly number[],
): MeasuresResult | undefined {
  const [first] = parts;
  const sites = (first?.sites ?? []).flatMap((outcome) => {
    // A site without a stitch has no place in the report.
    if (outcome.outcome !== "scored") return [{ site: outcome.site, similarity: {} }];
    const { site, similarity } = outcome;
    return similarity ? [{ site, similarity }] : [];
  });
  return sites.length === asked.length ? { type: "measures", sites } : undefined;
}

export function leastSquaresScore(
  site: number,
  wrong: Uint8Array,
  top: BaselineResult,
): LeastSquaresScore {
  const penalty = penaltyOf(wrong, top.wrong);
  return {
    site,
    testError: errorOf(wrong).value,
    penalty: penalty.value,
    penaltyStandardError: penalty.standardError,
  };
}

/** The least-squares stitch of a site; or why there is none. */
export type LeastSquaresOutcome = LeastSquaresResult["sites"][number];
/** The stitch of a family in closed form, likewise. */
export type FamilyOutcome = FamilyResult["sites"][number];

/** A site's outcome over all parts of the test images; undefined where no part has one. */
export function outcomeAt<O extends LeastSquaresOutcome | FamilyOutcome>(
  parts: readonly { readonly sites: readonly O[] }[],
  site: number,
): O | undefined {
  const outcomes = parts.flatMap(
    ({ sites }) => sites.find((outcome) => outcome.site === site) ?? [],
  );
  const none = outcomes.find(({ outcome }) => outcome !== "scored");
  // Values that do not depend on the part, such as similarity, are taken from the first.
  return none ?? joined(outcomes.filter(isScored));
}

type ScoredOutcome<O> = Extract<O, { readonly outcome: "scored" }>;

function isScored<O extends LeastSquaresOutcome | FamilyOutcome>(
  outcome: O,
): outcome is ScoredOutcome<O> {
  return outcome.outcome === "scored";
}

/** The first part with the flags of all, and the classes where all have them. */
export function joined<T extends Scores>(parts: readonly T[]): T | undefined {
  const [first] = parts;
  const predicted = parts.flatMap((part) => (part.predicted ? [part.predicted] : []));
  return (
    first && {
      ...first,
      wrong: concatenated(parts.map(({ wrong }) => wrong)),
      predicted: parts.every((part) => part.predicted) ? joinedClasses(predicted) : undefined,
    }
  );
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

interface Scores {
  readonly wrong: Uint8Array;
  readonly predicted?: ClassIndices | undefined;
}

/** What a site's result has once it is there. */
export interface SiteExtras {
  /** Absent, too, where the bottom has no head. */
  readonly bottom?: BaselineResult | undefined;
  readonly departure?: DepartureResult | undefined;
}

/**
 * @param place the site's name, and its taps where two different ones meet
 * @param measured every measure at the site
 * @param fit the site's least-squares stitch
 * @param stitch the curve's own: trained, or in closed form, or a top trained from scratch; null
 *   where it is the least-squares one
 * @param share of the connections that the curve's stitches keep; undefined where none is pruned
 * @param extras what comes later than the penalty, as far as it is there
 */
export function siteResult(
  place: Pick<SiteResult, "name" | "taps">,
  { similarity, similarityNull }: Pick<SiteResult, "similarity" | "similarityNull">,
  fit: Extract<LeastSquaresOutcome, { outcome: "scored" }>,
  stitch: StitchResult | FreshTopResult | Extract<FamilyOutcome, { outcome: "scored" }> | null,
  top: BaselineResult,
  share?: number,
  { bottom, departure }: SiteExtras = {},
): SiteResult {
  const { site } = fit;
  const wrong = stitch?.wrong ?? fit.wrong;
  const penalty = penaltyOf(wrong, top.wrong);
  const leastSquares = leastSquaresScore(site, fit.wrong, top);
  const trained = stitch && "steps" in stitch ? stitch : null;
  return {
    site,
    ...place,
    testError: errorOf(wrong).value,
    penalty: penalty.value,
    penaltyStandardError: penalty.standardError,
    cka: ckaIn(similarity),
    similarity,
    ...(similarityNull && { similarityNull }),
    leastSquaresTestError: leastSquares.testError,
    leastSquaresPenaltyStandardError: leastSquares.penaltyStandardError,
    ...(stitch && "r2" in stitch && { familyR2: stitch.r2 }),
    leastSquaresR2: fit.r2,
    leastSquaresRidge: fit.relativeRidge,
    condition: fit.condition,
    deadChannels: fit.deadChannels,
    refinement: trained?.type === "stitch" ? trained.refinement : null,
    steps: trained?.steps ?? 0,
    finalTrainLoss: trained?.finalTrainLoss ?? null,
    ...(bottom && { errorOverlap: [...errorOverlap(wrong, top.wrong, bottom.wrong)] }),
    ...(departure && { departure: departure.departure }),
    ...(share !== undefined &&
      trained?.type === "stitch" && { connections: connectionsOf(trained.stitch) }),
    ...(trained?.type === "fresh-top" && { errorByEpoch: trained.errorByEpoch }),
    seconds: trained?.seconds ?? null,
  };
}

function connectionsOf({ weight }: StitchResult["stitch"]): SiteResult["connections"] {
  return { kept: weight.filter((value) => value !== 0).length, of: weight.length };
}
