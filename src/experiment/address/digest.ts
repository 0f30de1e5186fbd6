/**
 * A digest of results, short enough for an address: at each site the penalty and its standard error in
 * hundredths of a point, and CKA in thousandths.
 *
 *     2:115.12.987,124.13.95,x;20.9.x,-3.8.402
 *
 * The form's version, then the curves, separated by `;`, each with its sites in order; `x` where
 * there is no stitch, or where CKA is undefined. Form 1 has penalties alone: `1:115,124,x;20,-3`.
 */
import { sitesOf } from "../sites";
import type { ModelEntry } from "../default-pair";
import type { CurveReport, Report } from "../report";
import { curvesOf, sitesAsked, type Spec } from "../spec";

/** Results at one site. */
export interface DigestSite {
  /** As a fraction. */
  readonly penalty: number;
  /** As a fraction; null where the address does not say. */
  readonly standardError: number | null;
  /** Null where it is undefined; absent where the address does not say. */
  readonly cka?: number | null;
}

/** By curve and by place among the sites asked for; null where there is no stitch. */
export type Digest = readonly (readonly (DigestSite | null)[])[];

/** Longer digests have penalties alone: a link is to be sent. */
const longestWhole = 4_000;

/** Whether a digest is short enough to be in a link that nobody asked to have it. */
export function isShort(digest: Digest): boolean {
  return writeDigest(digest).length <= longestWhole;
}

export function digestOf({ curves }: Report): Digest {
  return curves.map(sitesOfCurve);
}

function sitesOfCurve({ sites, failures }: CurveReport): readonly (DigestSite | null)[] {
  return [
    ...sites.map(({ site, penalty, penaltyStandardError, cka }) => ({
      site,
      found: {
        penalty: rounded(penalty, hundredths),
        standardError: rounded(penaltyStandardError, hundredths),
        cka: cka === null ? null : rounded(cka, thousandths),
      },
    })),
    ...(failures ?? []).map(({ site }) => ({ site, found: null })),
  ]
    .sort((a, b) => a.site - b.site)
    .map(({ found }) => found);
}

/** Of a point, to a fraction of 1. */
const hundredths = 10_000;
const thousandths = 1_000;

function rounded(value: number, unit: number): number {
  return Math.round(unit * value) / unit;
}

export function writeDigest(digest: Digest): string {
  const isWhole = digest.flat().some((site) => site !== null && site.standardError !== null);
  const whole = isWhole ? `2:${listed(digest, wholeText)}` : "";
  return isWhole && whole.length <= longestWhole ? whole : `1:${listed(digest, penaltyText)}`;
}

function listed(digest: Digest, text: (site: DigestSite) => string): string {
  return digest
    .map((curve) => curve.map((site) => (site === null ? "x" : text(site))).join(","))
    .join(";");
}

function penaltyText({ penalty }: DigestSite): string {
  return String(Math.round(hundredths * penalty));
}

function wholeText(site: DigestSite): string {
  const { standardError, cka = null } = site;
  return [
    penaltyText(site),
    String(Math.round(hundredths * (standardError ?? 0))),
    cka === null ? "x" : String(Math.round(thousandths * cka)),
  ].join(".");
}

/** Null where the text is no digest. */
export function readDigest(text: string): Digest | null {
  const form = /^[12]:/.exec(text)?.[0];
  if (form === undefined) return null;
  const readSite = form === "1:" ? readPenalty : readWhole;
  const curves = text
    .slice(form.length)
    .split(";")
    .map((curve) => curve.split(",").map((site) => (site === "x" ? null : readSite(site))));
  // Undefined is what could not be read.
  return curves.every(isRead) ? curves : null;
}

function readPenalty(text: string): DigestSite | undefined {
  const penalty = numberIn(text, hundredths);
  return penalty === undefined ? undefined : { penalty, standardError: null };
}

function readWhole(text: string): DigestSite | undefined {
  const [penaltyPart = "", errorPart = "", ckaPart = "", ...more] = text.split(".");
  const penalty = numberIn(penaltyPart, hundredths);
  const standardError = numberIn(errorPart, hundredths);
  const cka = ckaPart === "x" ? null : numberIn(ckaPart, thousandths);
  if (penalty === undefined || standardError === undefined || standardError < 0) return undefined;
  return cka === undefined || more.length > 0 ? undefined : { penalty, standardError, cka };
}

/** A whole number of units, at most 1; undefined for anything else. */
function numberIn(text: string, unit: number): number | undefined {
  if (!/^(0|-?[1-9]\d{0,4})$/.test(text)) return undefined;
  const value = Number(text) / unit;
  return Math.abs(value) <= 1 ? value : undefined;
}

function isRead(curve: (DigestSite | null | undefined)[]): curve is (DigestSite | null)[] {
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

/** Returns the number of the site at a place of a digest. */
export function siteAsked({ sites }: Pick<Spec, "sites">, place: number): number {
  return sites === "all" ? place : (sites[place] ?? place);
}

/** Whether a digest can be that of an experiment, as far as its networks are here. */
export function fits(digest: Digest, counts: readonly (number | null)[]): boolean {
  return (
    digest.length === counts.length &&
    counts.every((count, curve) => count === null || digest[curve]?.length === count)
  );
}
