/** Results as they come in, told as events; the report once all are there. */
import type { ExperimentEvent, Role } from "../../experiment/events";
import type { ModelIdentity, Plan } from "../../experiment/plan";
import type { BackendName, Report, TapFailure, TapResult } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import type { BaselineResult, ClosedFormResult, StitchFailure, StitchResult } from "../result";
import { ckaAt, leastSquaresScore, modelResult, tapResult } from "./outcome";

export interface Findings {
  baseline(role: Role, result: BaselineResult): void;
  /** @param part index among the plan's closed-form tasks */
  closedForm(part: number, result: ClosedFormResult): void;
  /** The least-squares stitch at a tap, scored; told once the top's baseline is known. */
  leastSquares(tap: number, wrong: Uint8Array): void;
  /** Told once the top's baseline and the tap's CKA are known. */
  stitch(tap: number, result: StitchResult | StitchFailure): void;
  /** All closed-form results in order; undefined until all are there. */
  closedFormResults(): readonly ClosedFormResult[] | undefined;
  /** undefined until everything is there. */
  report(backend: BackendName): Report | undefined;
}

export function createFindings(
  spec: Spec,
  plan: Plan,
  models: Readonly<Record<Role, ModelIdentity>>,
  tell: (event: ExperimentEvent) => void,
): Findings {
  const baselines: { top?: BaselineResult; bottom?: BaselineResult } = {};
  const parts: (ClosedFormResult | undefined)[] = plan.closedForm.map(() => undefined);
  const stitches = new Map<number, StitchResult>();
  const taps = new Map<number, TapResult>();
  const failures = new Map<number, TapFailure>();
  /** Of the graphics card that computed, as its results say. */
  let adapter: string | null = null;
  const nameOf = (tap: number): string => plan.taps[tap]?.name ?? `tap ${String(tap)}`;

  const closedFormResults = (): readonly ClosedFormResult[] | undefined =>
    parts.every((part) => part !== undefined) ? parts : undefined;

  /** Tells every stitch not told yet, once what its numbers are relative to is there. */
  function tellStitches(): void {
    const all = closedFormResults();
    if (!baselines.top || !all) return;
    for (const [tap, result] of stitches) {
      const found = tapResult(tap, nameOf(tap), ckaAt(all, tap), result, baselines.top);
      taps.set(tap, found);
      stitches.delete(tap);
      tell({ type: "tap", result: found });
    }
  }

  return {
    closedFormResults,
    baseline(role, result) {
      baselines[role] = result;
      adapter ??= result.adapter ?? null;
      tell({ type: "baseline", role, result: modelResult(models[role], result) });
      tellStitches();
    },
    closedForm(part, result) {
      parts[part] = result;
      const all = closedFormResults();
      if (!all) return;
      for (const { tap } of plan.stitches) tell({ type: "similarity", tap, cka: ckaAt(all, tap) });
      tellStitches();
    },
    leastSquares(tap, wrong) {
      if (!baselines.top) return;
      tell({ type: "least-squares", ...leastSquaresScore(tap, wrong, baselines.top) });
    },
    stitch(tap, result) {
      adapter ??= result.adapter ?? null;
      if (result.type === "stitch-failure") {
        const { reason, step, found } = result;
        const failure = { tap, name: nameOf(tap), reason, step, seed: spec.seed, found };
        failures.set(tap, failure);
        tell({ type: "tap-failed", failure });
      } else {
        stitches.set(tap, result);
        tellStitches();
      }
    },
    report(backend) {
      const { top, bottom } = baselines;
      const asked = plan.stitches.map(({ tap }) => tap);
      const results = asked.flatMap((tap) => taps.get(tap) ?? []);
      const failed = asked.flatMap((tap) => failures.get(tap) ?? []);
      if (!top || !bottom || results.length + failed.length < asked.length) return undefined;
      return {
        format: "stitch-lab-report-1",
        spec,
        backend,
        adapter,
        top: modelResult(models.top, top),
        bottom: modelResult(models.bottom, bottom),
        taps: results,
        ...(failed.length > 0 && { failures: failed }),
      };
    },
  };
}
