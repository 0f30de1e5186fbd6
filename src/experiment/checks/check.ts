/**
 * Checks of whether a curve of penalties can be believed: what a low penalty alone does not show. To
 * add one, write a file in this folder and name it in `index.ts`; docs/reading-a-result.md states
 * every threshold.
 */
import type { SiteResult } from "../report";
import type { Curve, Spec } from "../spec";

/** What is known of an experiment. */
export interface Subject {
  readonly spec: Spec;
  /** By curve of the spec, its sites with a result so far. */
  readonly curves: readonly (readonly SiteResult[])[];
  /** The curve that the checks are about. */
  readonly curve: number;
  /** Whether a curve's bottom or top was never trained. */
  readonly isUntrained: (curve: Curve) => boolean;
  /** Classes that the top tells apart; absent where they are not known. */
  readonly classes?: number | undefined;
}

/** What has to be measured before a check can say more. */
export type Remedy = "other way" | "departure" | "controls" | "seeds" | "grid" | "ranks" | "run";

export interface Finding {
  /** `noted` for a number without a threshold; `unknown` where something has to be measured first. */
  readonly outcome: "passed" | "failed" | "noted" | "unknown";
  /** What was measured, with its numbers: a sentence. */
  readonly measured: string;
  /** Absent where nothing is missing. */
  readonly remedy?: Remedy;
}

export interface Check {
  /** A question that "yes" answers where the check is passed. */
  readonly title: string;
  /** When it is passed; null for a check that only notes a number. */
  readonly threshold: string | null;
  /** What passing and failing mean. */
  readonly meaning: string;
  /** Who asked for it. */
  readonly source: string;
  readonly find: (subject: Subject) => Finding;
}

/** The curve that the checks are about, with its results. */
export function ownCurve({ spec, curves, curve }: Subject): {
  readonly curve: Curve;
  readonly sites: readonly SiteResult[];
} {
  return { curve: spec.curves[curve] ?? spec.curves[0], sites: curves[curve] ?? [] };
}

/** A finding before there is any result. */
export const nothingYet: Finding = {
  outcome: "unknown",
  measured: "No layer has a result yet.",
  remedy: "run",
};

/** "58.8%" */
export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** "0.62" or "−0.14" */
export function consistencyText(kappa: number): string {
  const text = Math.abs(kappa).toFixed(2);
  return kappa < 0 && text !== "0.00" ? `−${text}` : text;
}

/** "+1.2" or "−0.3", in percentage points. */
export function pointsText(penalty: number): string {
  const points = Math.abs(100 * penalty).toFixed(1);
  return `${penalty < 0 && points !== "0.0" ? "−" : "+"}${points}`;
}

/** The element with the largest number. @throws RangeError for none */
export function worstBy<T>(all: readonly T[], size: (one: T) => number): T {
  const [first, ...others] = all;
  if (first === undefined) throw new RangeError("sites: expected at least one, found none");
  return others.reduce((a, b) => (size(b) > size(a) ? b : a), first);
}
