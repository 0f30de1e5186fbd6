/** Decides which changes are a step that Back undoes. */
import type { Address } from "../../../experiment/address/parameters/parameter";
import { presetOf } from "../experiment/preset";

export interface HistorySteps {
  /** Whether a change is a step of its own, or continues the last one. */
  readonly isStep: (before: Address, after: Address) => boolean;
  /** Makes the next change a step: something else happened meanwhile. */
  readonly interrupt: () => void;
}

/** Changes of one field that follow each other as fast are one: a number typed, a slider dragged. */
const pauseMs = 1_000;

export function createHistorySteps(nowMs: () => number): HistorySteps {
  let last: { readonly field: string; readonly atMs: number } | null = null;
  return {
    isStep(before, after) {
      const field = changedField(before, after);
      const atMs = nowMs();
      const continues = last !== null && last.field === field && atMs - last.atMs < pauseMs;
      last = field === null ? null : { field, atMs };
      return !continues;
    },
    interrupt() {
      last = null;
    },
  };
}

/** The one field that differs; null where several do, or where a figure is opened. */
function changedField(before: Address, after: Address): string | null {
  if (before.spec.curves.length !== after.spec.curves.length) return null;
  if (presetOf(after.spec) !== null) return null;
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const [field = null, ...others] = Object.keys(now).filter((name) => old[name] !== now[name]);
  return others.length === 0 ? field : null;
}

/** Every field as text; one of the curves together, since further curves follow the first. */
function fieldsOf({ spec, backend }: Address): Readonly<Record<string, string>> {
  const { curves, ...setting } = spec;
  const values: Record<string, unknown> = { ...setting, backend };
  for (const name of ["top", "bottom", "seed", "family", "perturbation", "objective"] as const) {
    values[name] = curves.map((curve) => curve[name]);
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]),
  );
}
