/** From the results of tasks to the numbers of a report. */
import { addHsic, ckaOf, noHsic } from "../../core/similarity/hsic-sums";
import { errorOf, penaltyOf } from "../../core/scoring/penalty";
import type { LeastSquaresScore } from "../../experiment/events";
import type { ModelResult, SiteResult } from "../../experiment/report";
import type {
  BaselineResult,
  ClosedFormResult,
  FamilyResult,
  LeastSquaresResult,
  StitchResult,
} from "../result";

export function modelResult(
  model: { readonly id: string; readonly sha256: string },
  { wrong }: BaselineResult,
): ModelResult {
  const { value, standardError } = errorOf(wrong);
  return {
    id: model.id,
    sha256: model.sha256,
    testError: value,
    testErrorStandardError: standardError,
  };
}

/** Debiased CKA at a site over all parts of the images; null where it is undefined. */
export function ckaAt(parts: readonly ClosedFormResult[], site: number): number | null {
  return ckaOf(
    parts.reduce((sums, part) => addHsic(sums, part.sums[site]?.hsic ?? noHsic), noHsic),
  );
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

/** The least-squares stitch of a site, scored on all test images; or why there is none. */
export type LeastSquaresOutcome = LeastSquaresResult["sites"][number];

/** A site's outcome over all parts of the test images; undefined where a part lacks it. */
export function leastSquaresAt(
  parts: readonly LeastSquaresResult[],
  site: number,
): LeastSquaresOutcome | undefined {
  const outcomes = parts.flatMap(
    ({ sites }) => sites.find((outcome) => outcome.site === site) ?? [],
  );
  const singular = outcomes.find(({ outcome }) => outcome === "singular");
  // What belongs to all test images, similarity too, is the first part's.
  return singular ?? joined(outcomes.flatMap((part) => (part.outcome === "scored" ? [part] : [])));
}

/** The stitch of a family in closed form, likewise. */
export type FamilyOutcome = FamilyResult["sites"][number];

/** As `leastSquaresAt`. */
export function familyAt(parts: readonly FamilyResult[], site: number): FamilyOutcome | undefined {
  const outcomes = parts.flatMap(
    ({ sites }) => sites.find((outcome) => outcome.site === site) ?? [],
  );
  const none = outcomes.find(({ outcome }) => outcome !== "scored");
  return none ?? joined(outcomes.flatMap((part) => (part.outcome === "scored" ? [part] : [])));
}

/** The first part with the flags of all, and the classes where all have them. */
export function joined<T extends Scores>(parts: readonly T[]): T | undefined {
  const [first] = parts;
  const predicted = parts.flatMap((part) => (part.predicted ? [part.predicted] : []));
  return (
    first && {
      ...first,
      wrong: concatenated(parts.map(({ wrong }) => wrong)),
      predicted: parts.every((part) => part.predicted) ? concatenated(predicted) : undefined,
    }
  );
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

interface Scores {
  readonly wrong: Uint8Array;
  readonly predicted?: Uint8Array | undefined;
}

/**
 * @param place what the site is called, and where it is where two different ones meet
 * @param fit the site's least-squares stitch
 * @param stitch the curve's own: trained, or in closed form; null where it is the least-squares one
 */
export function siteResult(
  place: Pick<SiteResult, "name" | "taps">,
  cka: number | null,
  fit: Extract<LeastSquaresOutcome, { outcome: "scored" }>,
  stitch: StitchResult | Extract<FamilyOutcome, { outcome: "scored" }> | null,
  top: BaselineResult,
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
    cka,
    similarity: fit.similarity ?? {},
    leastSquaresTestError: leastSquares.testError,
    leastSquaresPenaltyStandardError: leastSquares.penaltyStandardError,
    ...(stitch && "r2" in stitch && { familyR2: stitch.r2 }),
    leastSquaresR2: fit.r2,
    leastSquaresRidge: fit.relativeRidge,
    condition: fit.condition,
    deadChannels: fit.deadChannels,
    refinement: trained?.refinement ?? null,
    steps: trained?.steps ?? 0,
    finalTrainLoss: trained?.finalTrainLoss ?? null,
    seconds: trained?.seconds ?? null,
  };
}
