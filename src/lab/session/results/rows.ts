/** Results as rows, one a site that was asked for: what the charts and the table show. */
import type { MeasureName } from "../../../core/similarity/measures";
import type { MeasureNull } from "../../../core/similarity/null";
import type { SiteFailure, SiteResult } from "../../../experiment/report";
import type { AxisSite } from "../experiment/pair";
import type { CurveResults, SiteResults } from "./results";

/** A penalty and its standard error, as fractions; null where an address does not say. */
export interface Penalty {
  readonly value: number;
  readonly standardError: number | null;
  readonly testError: number | null;
}

export interface Row {
  readonly site: number;
  readonly name: string;
  /** Of the stitch that the protocol scores; null until it arrives. */
  readonly penalty: Penalty | null;
  /** Of the least-squares stitch before any training; null until it arrives. */
  readonly leastSquares: Penalty | null;
  /** By the measure that was asked for. */
  readonly similarity: Similarity;
  /** What that measure gives by chance; null where no permutations are known. */
  readonly similarityNull: MeasureNull | null;
  /** How the stitch was trained; null until it arrives. */
  readonly training: Training | null;
  /** Why there is no stitch here; null where there is one, or may be. */
  readonly failure: SiteFailure | null;
}

export interface Training {
  /** Optimiser steps. */
  readonly steps: number;
  /** Why refinement ended; null where every epoch was taken. */
  readonly stop: NonNullable<SiteResult["refinement"]>["stop"] | null;
  /** Nothing was trained: the family's stitch follows from moments. */
  readonly closedForm: boolean;
}

export type Similarity =
  | { readonly status: "waiting" }
  /** A representation does not vary, so there is nothing to compare. */
  | { readonly status: "undefined" }
  /** The result is of a version that did not have the measure. */
  | { readonly status: "unmeasured" }
  | { readonly status: "known"; readonly value: number };

/** Returns one row for each site; debiased linear CKA is known before everything else. */
export function rowsOf(
  results: CurveResults,
  sites: readonly AxisSite[],
  measure: MeasureName = "linearCka",
): readonly Row[] {
  return sites.map(({ index, name }) => {
    const { cka, leastSquares, result, author, failure } = results.sites.get(index) ?? {};
    return {
      site: index,
      name,
      penalty: result ? penaltyOf(result) : author ? penaltyOfAuthor(author) : null,
      leastSquares: leastSquares === undefined ? null : penaltyOf(leastSquares),
      similarity:
        measure === "linearCka"
          ? similarityOf(cka)
          : result
            ? measuredIn(result, measure)
            : waiting,
      similarityNull: result?.similarityNull?.[measure] ?? null,
      training:
        result === undefined
          ? null
          : {
              steps: result.steps,
              stop: result.refinement?.stop ?? null,
              closedForm: result.familyR2 !== undefined,
            },
      failure: failure ?? null,
    };
  });
}

function penaltyOf(
  score: Pick<SiteResult, "penalty" | "penaltyStandardError" | "testError">,
): Penalty {
  const { penalty: value, penaltyStandardError: standardError, testError } = score;
  return { value, standardError, testError };
}

function penaltyOfAuthor({
  penalty: value,
  standardError,
}: NonNullable<SiteResults["author"]>): Penalty {
  return { value, standardError, testError: null };
}

const waiting: Similarity = { status: "waiting" };

function measuredIn({ similarity }: SiteResult, measure: MeasureName): Similarity {
  const value = similarity[measure];
  return value === undefined ? { status: "unmeasured" } : similarityOf(value);
}

function similarityOf(value: number | null | undefined): Similarity {
  if (value === undefined) return waiting;
  return value === null ? { status: "undefined" } : { status: "known", value };
}
