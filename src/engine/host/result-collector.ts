/** Results of one curve as they come in, told as events; its part of the report once all are there. */
import type { ResultEvent, Role } from "../../experiment/events";
import type { ModelIdentity, Plan } from "../../experiment/plan";
import type { CurveReport, TapFailure, TapResult } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import type {
  BaselineResult,
  ClosedFormResult,
  FamilyResult,
  LeastSquaresResult,
  StitchFailure,
  StitchResult,
  TaskResult,
} from "../result";
import {
  ckaAt,
  familyAt,
  leastSquaresAt,
  leastSquaresScore,
  modelResult,
  tapResult,
  type FamilyOutcome,
} from "./outcome";

export interface ResultCollector {
  baseline(role: Role, result: BaselineResult): void;
  /** @param part index among the plan's closed-form tasks */
  closedForm(part: number, result: ClosedFormResult): void;
  /** @param part index among the plan's least-squares tasks */
  leastSquares(part: number, result: LeastSquaresResult): void;
  /** @param part index among the plan's family tasks */
  family(part: number, result: FamilyResult): void;
  stitch(tap: number, result: StitchResult | StitchFailure): void;
  /** All closed-form results in order; undefined until all are there. */
  closedFormResults(): readonly ClosedFormResult[] | undefined;
  /** Of the least-squares stitch; undefined until it can be told. */
  leastSquaresPenalty(tap: number): number | undefined;
  /** Whether a tap is known to have no stitch. */
  hasFailed(tap: number): boolean;
  /** The graphics card that computed, as the results say; null on a CPU. */
  adapter(): string | null;
  /** undefined until everything is there. */
  report(): CurveReport | undefined;
}

export function createResultCollector(
  spec: Spec,
  plan: Plan,
  models: Readonly<Record<Role, ModelIdentity>>,
  tell: (finding: ResultEvent) => void,
): ResultCollector {
  const baselines: { top?: BaselineResult; bottom?: BaselineResult } = {};
  const closedForm = partsOf<ClosedFormResult>(plan.closedForm.length);
  const leastSquares = partsOf<LeastSquaresResult>(plan.leastSquares.length);
  const family = partsOf<FamilyResult>(plan.family.length);
  const stitches = new Map<number, StitchResult>();
  const penalties = new Map<number, number>();
  const taps = new Map<number, TapResult>();
  const failures = new Map<number, TapFailure>();
  let adapter: string | null = null;
  const nameOf = (tap: number): string => plan.sites[tap]?.name ?? `tap ${String(tap)}`;
  const noteAdapter = (result: TaskResult): void => {
    adapter ??= result.adapter ?? null;
  };

  function fail(tap: number, why: Pick<TapFailure, "reason" | "step" | "found">): void {
    if (failures.has(tap)) return;
    const failure = { tap, name: nameOf(tap), seed: spec.seed, ...why };
    failures.set(tap, failure);
    tell({ type: "tap-failed", failure });
  }

  /** Tells whatever can be told of the taps and was not yet: their numbers are relative to all the rest. */
  function tellTaps(): void {
    const { top } = baselines;
    const sums = closedForm.all();
    const scores = leastSquares.all();
    if (!top || !sums || !scores) return;
    for (const tap of plan.asked) {
      const fit = leastSquaresAt(scores, tap);
      if (fit?.outcome === "singular") {
        fail(tap, { reason: "singular", step: null, found: fit.found });
      } else if (fit) {
        if (!penalties.has(tap)) {
          const score = leastSquaresScore(tap, fit.wrong, top);
          penalties.set(tap, score.penalty);
          // Beneath another family's curve it would pass for a first look at that.
          if (spec.family === "affine") tell({ type: "least-squares", ...score });
        }
        const stitch = ownStitchAt(tap);
        if (stitch === undefined || taps.has(tap)) continue;
        if (stitch && "found" in stitch) {
          fail(tap, { reason: stitch.outcome, step: null, found: stitch.found });
          continue;
        }
        const place = { name: nameOf(tap), ...cellAt(plan, tap) };
        const found = tapResult(place, ckaAt(sums, tap), fit, stitch, top);
        taps.set(tap, found);
        tell({ type: "tap", result: found });
      }
    }
  }

  /** The stitch that the curve is about; null where it is the least-squares one, undefined while it is not there. */
  function ownStitchAt(tap: number): StitchResult | FamilyOutcome | null | undefined {
    if (plan.family.length > 0) return familyAt(family.all() ?? [], tap);
    return plan.stitches.length === 0 ? null : stitches.get(tap);
  }

  return {
    closedFormResults: () => closedForm.all(),
    leastSquaresPenalty: (tap) => penalties.get(tap),
    hasFailed: (tap) => failures.has(tap),
    baseline(role, result) {
      noteAdapter(result);
      baselines[role] = result;
      tell({ type: "baseline", role, result: modelResult(models[role], result) });
      tellTaps();
    },
    closedForm(part, result) {
      noteAdapter(result);
      closedForm.put(part, result);
      const all = closedForm.all();
      if (!all) return;
      for (const tap of plan.asked) tell({ type: "similarity", tap, cka: ckaAt(all, tap) });
      tellTaps();
    },
    leastSquares(part, result) {
      noteAdapter(result);
      leastSquares.put(part, result);
      tellTaps();
    },
    family(part, result) {
      noteAdapter(result);
      family.put(part, result);
      tellTaps();
    },
    stitch(tap, result) {
      noteAdapter(result);
      if (result.type === "stitch-failure") {
        const { reason, step, found } = result;
        fail(tap, { reason, step, found });
      } else stitches.set(tap, result);
      tellTaps();
    },
    adapter: () => adapter,
    report() {
      const { top, bottom } = baselines;
      const results = plan.asked.flatMap((tap) => taps.get(tap) ?? []);
      const failed = plan.asked.flatMap((tap) => failures.get(tap) ?? []);
      if (!top || !bottom || results.length + failed.length < plan.asked.length) return undefined;
      return {
        top: modelResult(models.top, top),
        bottom: modelResult(models.bottom, bottom),
        taps: results,
        ...(failed.length > 0 && { failures: failed }),
      };
    },
  };
}

/** What tells a place apart by more than its number, where two different taps meet. */
function cellAt(plan: Plan, tap: number): Pick<TapResult, "cell"> {
  const place = plan.sites[tap];
  if (!place || (place.bottomTap === tap && place.topTap === tap)) return {};
  return { cell: [place.bottomTap, place.topTap] };
}

/** Parts of a whole, in order, as they come. */
function partsOf<T>(count: number): {
  put(part: number, value: T): void;
  /** undefined until all are there */
  all(): readonly T[] | undefined;
} {
  const parts: (T | undefined)[] = Array.from({ length: count }, () => undefined);
  return {
    put(part, value) {
      parts[part] = value;
    },
    all: () => (parts.every((part) => part !== undefined) ? parts : undefined),
  };
}
