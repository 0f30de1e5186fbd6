/** What has arrived of one experiment: a fold over its events. */
import type { ExperimentEvent, LeastSquaresScore } from "../../experiment/events";
import type { ModelResult, Report, TapFailure, TapResult } from "../../experiment/report";

/** What is known at one tap so far. */
export interface TapFindings {
  /** Null where it is undefined; absent until it arrives. */
  readonly cka?: number | null;
  readonly leastSquares?: Omit<LeastSquaresScore, "tap">;
  readonly result?: TapResult;
  /** There is no stitch here, and why. */
  readonly failure?: TapFailure;
}

export interface Results {
  readonly top: ModelResult | null;
  readonly bottom: ModelResult | null;
  /** By tap number. */
  readonly taps: ReadonlyMap<number, TapFindings>;
  /** Present once everything is done. */
  readonly report: Report | null;
}

export const noResults: Results = { top: null, bottom: null, taps: new Map(), report: null };

/** Results with one event more; the same object when the event brings none. */
export function withEvent(results: Results, event: ExperimentEvent): Results {
  switch (event.type) {
    case "assets":
    case "progress":
    case "paused":
    case "resumed":
    case "recovered":
      return results;
    case "baseline":
      return { ...results, [event.role]: event.result };
    case "similarity":
      return withTap(results, event.tap, { cka: event.cka });
    case "least-squares": {
      const { testError, penalty, penaltyStandardError } = event;
      return withTap(results, event.tap, {
        leastSquares: { testError, penalty, penaltyStandardError },
      });
    }
    case "tap":
      return withTapResult(results, event.result);
    case "tap-failed":
      return withTapFailure(results, event.failure);
    case "finished": {
      const { report } = event;
      const whole = { ...results, top: report.top, bottom: report.bottom, report };
      return (report.failures ?? []).reduce(
        withTapFailure,
        report.taps.reduce(withTapResult, whole),
      );
    }
    default:
      return event satisfies never;
  }
}

export function isEmpty({ top, bottom, taps }: Results): boolean {
  return top === null && bottom === null && taps.size === 0;
}

function withTapFailure(results: Results, failure: TapFailure): Results {
  return withTap(results, failure.tap, { failure });
}

function withTapResult(results: Results, result: TapResult): Results {
  // A stored result repeats what else is known at its tap, and may come without those events.
  const topError = result.testError - result.penalty;
  return withTap(results, result.tap, {
    result,
    cka: result.cka,
    leastSquares: {
      testError: result.leastSquaresTestError,
      penalty: result.leastSquaresTestError - topError,
      penaltyStandardError: result.leastSquaresPenaltyStandardError,
    },
  });
}

function withTap(results: Results, tap: number, found: TapFindings): Results {
  const taps = new Map(results.taps);
  taps.set(tap, { ...taps.get(tap), ...found });
  return { ...results, taps };
}
