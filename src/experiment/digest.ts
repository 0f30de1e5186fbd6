/**
 * A digest of results: every penalty in hundredths of a point, short enough for an address.
 *
 *     1:115,124,-3;20,x,7
 *
 * The form's version, then the curves, separated by `;`, each with its sites in order; `x` where
 * there is no stitch.
 */
import { sitesOf } from "./plan";
import type { ModelEntry } from "./default-pair";
import type { CurveReport, Report } from "./report";
import { curvesOf, sitesAsked, type Spec } from "./spec";

/**
 * Penalties as fractions, by curve and by place among the sites asked for; null where there is no
 * stitch.
 */
export type Digest = readonly (readonly (number | null)[])[];

/** To a penalty of 1. */
const hundredths = 10_000;
const form = "1:";

export function digestOf({ curves }: Report): Digest {
  return curves.map(penaltiesOf);
}

function penaltiesOf({ sites, failures }: CurveReport): readonly (number | null)[] {
  return [
    ...sites.map(({ site, penalty }) => ({ site, penalty: rounded(penalty) })),
    ...(failures ?? []).map(({ site }) => ({ site, penalty: null })),
  ]
    .sort((a, b) => a.site - b.site)
    .map(({ penalty }) => penalty);
}

function rounded(penalty: number): number {
  return Math.round(hundredths * penalty) / hundredths;
}

export function writeDigest(digest: Digest): string {
  const text = (penalty: number | null): string =>
    penalty === null ? "x" : String(Math.round(hundredths * penalty));
  return form + digest.map((curve) => curve.map(text).join(",")).join(";");
}

/** Null where the text is no digest. */
export function readDigest(text: string): Digest | null {
  if (!text.startsWith(form)) return null;
  const curves = text
    .slice(form.length)
    .split(";")
    .map((curve) => curve.split(",").map(readPenalty));
  // Undefined is what could not be read.
  return curves.every(isRead) ? curves : null;
}

function readPenalty(text: string): number | null | undefined {
  if (text === "x") return null;
  if (!/^(0|-?[1-9]\d{0,4})$/.test(text)) return undefined;
  const penalty = Number(text) / hundredths;
  return Math.abs(penalty) <= 1 ? penalty : undefined;
}

function isRead(curve: (number | null | undefined)[]): curve is (number | null)[] {
  return !curve.includes(undefined);
}

/** Sites asked for, by curve; null where one of its networks is not here yet. */
export function siteCounts(spec: Spec, models: readonly ModelEntry[]): readonly (number | null)[] {
  return curvesOf(spec).map((curve) => {
    const bottom = models.find(({ id }) => id === curve.bottom);
    const top = models.find(({ id }) => id === curve.top);
    if (!bottom || !top) return null;
    const places = sitesOf(bottom.architecture, top.architecture, curve.layout);
    return sitesAsked(curve, places.length).length;
  });
}

/** Whether a digest can be that of an experiment, as far as its networks are here. */
export function fits(digest: Digest, counts: readonly (number | null)[]): boolean {
  return (
    digest.length === counts.length &&
    counts.every((count, curve) => count === null || digest[curve]?.length === count)
  );
}
