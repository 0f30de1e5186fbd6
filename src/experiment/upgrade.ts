/**
 * Reads what earlier versions wrote: specs of version 1 and reports of format 2, in which the first curve stood
 * apart from the others, under `also`, and sites were called taps and cells.
 */
import { renameKeys } from "../core/schema";

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Turns a spec of version 1 into one of version 2; any other value stays as it is, for the schema to judge. */
export function upgradedSpec(value: unknown): unknown {
  if (!isFields(value) || value.version !== 1) return value;
  const { version: _, top, bottom, seed, family, altered, also, taps, ...setting } = value;
  const first = { top, bottom, seed, family, perturbation: altered };
  const others = listOf(also).map((curve) => renameKeys(curve, { altered: "perturbation" }));
  return { version: 2, curves: [first, ...others], sites: taps, ...setting };
}

/** Turns a report of format 2 into one of format 3; any other value stays as it is, for the schema to judge. */
export function upgradedReport(value: unknown): unknown {
  if (!isFields(value) || value.format !== "stitch-lab-report-2") return value;
  const { spec, backend, adapter, also, format: _, ...first } = value;
  const curves = [first, ...listOf(also)].map(upgradedCurve);
  return { format: "stitch-lab-report-3", spec, backend, adapter, curves };
}

const siteNames = { tap: "site", cell: "taps" };

function upgradedCurve(curve: unknown): unknown {
  if (!isFields(curve)) return curve;
  const { taps, failures, ...networks } = curve;
  const renamed = (all: unknown): unknown[] => listOf(all).map((one) => renameKeys(one, siteNames));
  return {
    ...networks,
    sites: renamed(taps),
    ...(failures !== undefined && { failures: renamed(failures) }),
  };
}
