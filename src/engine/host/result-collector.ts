/** Results of one curve as they come in, told as events; its part of the report once all are there. */
import type { ResultEvent, Role } from "../../experiment/events";
import type { ModelIdentity, Plan } from "../../experiment/plan";
import type { CurveReport, SiteFailure, SiteResult } from "../../experiment/report";
import type { CurveSpec } from "../../experiment/spec";
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
  siteResult,
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
  stitch(site: number, result: StitchResult | StitchFailure): void;
  /** All closed-form results in order; undefined until all are there. */
  closedFormResults(): readonly ClosedFormResult[] | undefined;
  /** Of the least-squares stitch; undefined until it can be told. */
  leastSquaresPenalty(site: number): number | undefined;
  /** Whether a site is known to have no stitch. */
  hasFailed(site: number): boolean;
  /** The graphics card that computed, as the results say; null on a CPU. */
  adapter(): string | null;
  /** undefined until everything is there. */
  report(): CurveReport | undefined;
}

export function createResultCollector(
  spec: CurveSpec,
  plan: Plan,
  models: Readonly<Record<Role, ModelIdentity>>,
  tell: (event: ResultEvent) => void,
): ResultCollector {
  const baselines: { top?: BaselineResult; bottom?: BaselineResult } = {};
  const closedForm = partsOf<ClosedFormResult>(plan.closedForm.length);
  const leastSquares = partsOf<LeastSquaresResult>(plan.leastSquares.length);
  const family = partsOf<FamilyResult>(plan.family.length);
  const stitches = new Map<number, StitchResult>();
  const penalties = new Map<number, number>();
  const sites = new Map<number, SiteResult>();
  const failures = new Map<number, SiteFailure>();
  let adapter: string | null = null;
  const nameOf = (site: number): string => plan.sites[site]?.name ?? `site ${String(site)}`;
  const noteAdapter = (result: TaskResult): void => {
    adapter ??= result.adapter ?? null;
  };

  function fail(site: number, why: Pick<SiteFailure, "reason" | "step" | "found">): void {
    if (failures.has(site)) return;
    const failure = { site, name: nameOf(site), seed: spec.seed, ...why };
    failures.set(site, failure);
    tell({ type: "site-failed", failure });
  }

  /** Tells whatever can be told of the sites and was not yet: their numbers are relative to all the rest. */
  function tellTaps(): void {
    const { top } = baselines;
    const sums = closedForm.all();
    const scores = leastSquares.all();
    if (!top || !sums || !scores) return;
    for (const site of plan.asked) {
      const fit = leastSquaresAt(scores, site);
      if (fit?.outcome === "singular") {
        fail(site, { reason: "singular", step: null, found: fit.found });
      } else if (fit) {
        if (!penalties.has(site)) {
          const score = leastSquaresScore(site, fit.wrong, top);
          penalties.set(site, score.penalty);
          // Beneath another family's curve it would pass for a first look at that.
          if (spec.family === "affine") tell({ type: "least-squares", ...score });
        }
        const stitch = ownStitchAt(site);
        if (stitch === undefined || sites.has(site)) continue;
        if (stitch && "found" in stitch) {
          fail(site, { reason: stitch.outcome, step: null, found: stitch.found });
          continue;
        }
        const place = { name: nameOf(site), ...tapsAt(plan, site) };
        const found = siteResult(place, ckaAt(sums, site), fit, stitch, top);
        sites.set(site, found);
        tell({ type: "site", result: found });
      }
    }
  }

  /** The stitch that the curve is about; null where it is the least-squares one, undefined while it is not there. */
  function ownStitchAt(site: number): StitchResult | FamilyOutcome | null | undefined {
    if (plan.family.length > 0) return familyAt(family.all() ?? [], site);
    return plan.stitches.length === 0 ? null : stitches.get(site);
  }

  return {
    closedFormResults: () => closedForm.all(),
    leastSquaresPenalty: (site) => penalties.get(site),
    hasFailed: (site) => failures.has(site),
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
      for (const site of plan.asked) tell({ type: "similarity", site, cka: ckaAt(all, site) });
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
    stitch(site, result) {
      noteAdapter(result);
      if (result.type === "stitch-failure") {
        const { reason, step, found } = result;
        fail(site, { reason, step, found });
      } else stitches.set(site, result);
      tellTaps();
    },
    adapter: () => adapter,
    report() {
      const { top, bottom } = baselines;
      const results = plan.asked.flatMap((site) => sites.get(site) ?? []);
      const failed = plan.asked.flatMap((site) => failures.get(site) ?? []);
      if (!top || !bottom || results.length + failed.length < plan.asked.length) return undefined;
      return {
        top: modelResult(models.top, top),
        bottom: modelResult(models.bottom, bottom),
        sites: results,
        ...(failed.length > 0 && { failures: failed }),
      };
    },
  };
}

/** What tells a place apart by more than its number, where two different sites meet. */
function tapsAt(plan: Plan, site: number): Pick<SiteResult, "taps"> {
  const place = plan.sites[site];
  if (!place || (place.bottomTap === site && place.topTap === site)) return {};
  return { taps: [place.bottomTap, place.topTap] };
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
