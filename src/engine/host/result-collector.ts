/**
 * Collects the results of one curve as they come in, and emits what they say; its part of the
 * report once all are there.
 */
import { shareOf } from "../../experiment/family";
import type { ResultEvent, Role } from "../../experiment/events";
import type { ProbeResult } from "../../experiment/probes";
import type { ModelIdentity } from "../../experiment/plan/check-networks";
import type { Plan } from "../../experiment/plan/plan";
import { tasksAt, type SiteGroup } from "../../experiment/plan/site-groups";
import type { CurveReport, ModelResult, SiteFailure, SiteResult } from "../../experiment/report";
import type { CurveSpec } from "../../experiment/spec";
import type { ProbeTask, Task } from "../../experiment/plan/task";
import type { FreshTopResult } from "../kinds/fresh-top";
import type { MeasuresResult } from "../kinds/measures";
import { isResultOf, type ResultOf, type TaskResult } from "../kinds/registry";
import type { StitchResult } from "../kinds/stitch";
import {
  ckaIn,
  leastSquaresScore,
  modelResult,
  outcomeAt,
  probeResult,
  siteResult,
  type SiteExtras,
  type FamilyOutcome,
} from "./outcome";

export interface ResultCollector {
  /** Keeps no sums, only that they are there. @param task one of the plan's */
  add(task: Task, result: TaskResult): void;
  /** The penalty of the least-squares stitch; undefined until it is known. */
  leastSquaresPenalty(site: number): number | undefined;
  /** Whether a site is known to have no stitch. */
  hasFailed(site: number): boolean;
  /** The graphics card that computed, as the results say; null on a CPU. */
  adapter(): string | null;
  /** Undefined until everything is there. */
  report(): CurveReport | undefined;
}

export function createResultCollector(
  spec: CurveSpec,
  plan: Plan,
  models: Readonly<Record<Role, ModelIdentity>>,
  emit: (event: ResultEvent) => void,
): ResultCollector {
  const results = new Map<Task, TaskResult>();
  const gathered = new Set<Task>();
  const baselines = new Map<Role, ModelResult>();
  const penalties = new Map<number, number>();
  const sites = new Map<number, SiteResult>();
  const failures = new Map<number, SiteFailure>();
  const measured = new Map<number, MeasuresResult["sites"][number]>();
  const probes = new Map<ProbeTask, readonly ProbeResult[]>();
  let adapter: string | null = null;
  const nameOf = (site: number): string => plan.sites[site]?.name ?? `site ${site}`;

  function fail(site: number, why: Pick<SiteFailure, "reason" | "step" | "found">): void {
    if (failures.has(site)) return;
    const failure = { site, name: nameOf(site), seed: spec.seed, ...why };
    failures.set(site, failure);
    emit({ type: "site-failed", failure });
  }

  const resultOf = <T extends Task>(task: T): ResultOf<T> | undefined => {
    const result = results.get(task);
    return result && isResultOf(task, result) ? result : undefined;
  };
  /** In order; undefined until all are there. */
  const resultsOf = <T extends Task>(tasks: readonly T[]): ResultOf<T>[] | undefined => {
    const found = tasks.map(resultOf).flatMap((result) => (result ? [result] : []));
    return found.length === tasks.length ? found : undefined;
  };

  function emitBaselines(): void {
    for (const role of ["top", "bottom"] as const) {
      const task = plan.baselines[role];
      const result = task && resultOf(task);
      if (!result || baselines.has(role)) continue;
      const model = modelResult(models[role], result);
      baselines.set(role, model);
      emit({ type: "baseline", role, result: model });
    }
  }

  function emitSimilarities(): void {
    for (const { measures } of plan.similarity) {
      const result = resultOf(measures);
      if (!result) continue;
      for (const found of result.sites) {
        const { site, similarity } = found;
        if (measured.has(site)) continue;
        measured.set(site, found);
        emit({ type: "similarity", site, cka: ckaIn(similarity), similarity });
      }
    }
  }

  function emitProbes(): void {
    for (const task of plan.probes) {
      const result = resultOf(task);
      if (!result || probes.has(task)) continue;
      const found = probeResult(task, result, models);
      probes.set(task, found);
      for (const probe of found) emit({ type: "probe", result: probe });
    }
  }

  function emitFailedStitches(): void {
    for (const task of plan.stitches) {
      const result = resultOf(task);
      if (result?.type !== "stitch-failure") continue;
      const { reason, step, found } = result;
      fail(task.site, { reason, step, found });
    }
  }

  /**
   * Emits what is known of the sites and was not before: their numbers are relative to the top's
   * error.
   */
  function emitSites(): void {
    for (const group of plan.groups) emitSitesOf(group);
  }

  function emitSitesOf(group: SiteGroup): void {
    const top = resultOf(plan.baselines.top);
    const scores = resultsOf(tasksAt(plan.leastSquares, group));
    // The inspector and the stitched file solve again for what the sums determine.
    const hasSums = tasksAt(plan.closedForm, group).every((task) => gathered.has(task));
    if (!top || !scores || !hasSums) return;
    for (const site of group.sites) {
      const fit = outcomeAt(scores, site);
      if (fit && fit.outcome !== "scored") {
        fail(site, { reason: fit.outcome, step: null, found: fit.found });
      } else if (fit) {
        if (!penalties.has(site)) {
          const score = leastSquaresScore(site, fit.wrong, top);
          penalties.set(site, score.penalty);
          // In another family's curve it would pass for a first look at that family.
          if (spec.family === "affine") emit({ type: "least-squares", ...score });
        }
        const stitch = stitchAt(site, group);
        const found = measured.get(site);
        const extras = extrasAt(site);
        const before = sites.get(site);
        // Emitted again with each of them: a penalty does not wait.
        const hasMore =
          (extras.bottom !== undefined && !before?.errorOverlap) ||
          (extras.departure !== undefined && !before?.departure);
        const isNew = !before || hasMore;
        if (stitch === undefined || !found || !isNew) continue;
        if (stitch && "found" in stitch) {
          fail(site, { reason: stitch.outcome, step: null, found: stitch.found });
          continue;
        }
        const place = { name: nameOf(site), ...tapsAt(plan, site) };
        const share = shareOf(spec.family);
        const result = siteResult(place, found, fit, stitch, top, share, extras);
        sites.set(site, result);
        emit({ type: "site", result });
      }
    }
  }

  const departs = (site: number): boolean => plan.departures.some((task) => task.site === site);

  function extrasAt(site: number): SiteExtras {
    const { bottom } = plan.baselines;
    const departure = plan.departures.find((task) => task.site === site);
    return {
      bottom: bottom ? resultOf(bottom) : undefined,
      departure: departure && resultOf(departure),
    };
  }

  /**
   * The stitch that the curve is about; null where it is the least-squares one, undefined until it
   * is there.
   */
  function stitchAt(
    site: number,
    group: SiteGroup,
  ): StitchResult | FreshTopResult | FamilyOutcome | null | undefined {
    if (plan.family.length > 0) {
      return outcomeAt(resultsOf(tasksAt(plan.family, group)) ?? [], site);
    }
    if (plan.stitches.length === 0) return null;
    const task = plan.stitches.find((other) => other.site === site);
    const result = task && resultOf(task);
    return result?.type === "stitch-failure" ? undefined : result;
  }

  return {
    add(task, result) {
      adapter ??= result.adapter ?? null;
      if (task.type === "closed-form" || task.type === "similarity") gathered.add(task);
      else results.set(task, result);
      emitBaselines();
      emitSimilarities();
      emitProbes();
      emitFailedStitches();
      emitSites();
    },
    leastSquaresPenalty: (site) => penalties.get(site),
    hasFailed: (site) => failures.has(site),
    adapter: () => adapter,
    report() {
      const top = baselines.get("top");
      const { id, sha256 } = models.bottom;
      const bottom = plan.baselines.bottom ? baselines.get("bottom") : { id, sha256 };
      const found = plan.asked.flatMap((site) => sites.get(site) ?? []);
      const failed = plan.asked.flatMap((site) => failures.get(site) ?? []);
      const isDone =
        found.length + failed.length === plan.asked.length &&
        probes.size === plan.probes.length &&
        found.every(({ site, departure }) => departure !== undefined || !departs(site));
      if (!top || !bottom || !isDone) return undefined;
      return {
        top,
        bottom,
        sites: found,
        ...(failed.length > 0 && { failures: failed }),
        ...(spec.probes && { probes: plan.probes.flatMap((task) => probes.get(task) ?? []) }),
      };
    },
  };
}

/** The taps of a site, where two different ones meet. */
function tapsAt(plan: Plan, site: number): Pick<SiteResult, "taps"> {
  const place = plan.sites[site];
  if (!place || (place.bottomTap === site && place.topTap === site)) return {};
  return { taps: [place.bottomTap, place.topTap] };
}
