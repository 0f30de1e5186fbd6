/**
 * Reads what earlier versions wrote. In specs of version 1 and reports of format 2 the first curve
 * was separate from the others, which were under `also`, and sites were called taps and cells. Up to
 * version 2, similarity was measured on the training images.
 */
import { renameKeys } from "../core/schema";

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Changes every element of a list; what is no list stays, for the schema to refuse. */
function each(value: unknown, change: (element: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : value;
}

/** Puts the first curve before the others, of which there may have been none. */
function listed(first: unknown, others: unknown): unknown {
  if (others === undefined) return [first];
  if (!Array.isArray(others)) return others;
  const all: unknown[] = others;
  return [first, ...all];
}

/**
 * Turns a spec of an earlier version into today's; any other value stays as it is, for the schema to
 * judge.
 */
export function upgradedSpec(value: unknown): unknown {
  const current = withListedCurves(value);
  if (!isFields(current) || current.version !== 2) return current;
  return { ...current, version: 3, similarityImages: "train" };
}

/** Turns a spec of version 1 into one of version 2. */
function withListedCurves(value: unknown): unknown {
  if (!isFields(value) || value.version !== 1) return value;
  const { version, top, bottom, seed, family, altered, also, taps, ...setting } = value;
  const first = { top, bottom, seed, family, perturbation: altered };
  const others = each(also, (curve) => renameKeys(curve, { altered: "perturbation" }));
  return { ...setting, version: 2, curves: listed(first, others), sites: taps };
}

/**
 * Turns a report of format 2 into one of format 3; any other value stays as it is, for the schema
 * to judge.
 */
export function upgradedReport(value: unknown): unknown {
  if (!isFields(value) || value.format !== "stitch-lab-report-2") return value;
  const { spec, backend, adapter, also, format, ...first } = value;
  const curves = each(listed(first, also), upgradedCurve);
  return { format: "stitch-lab-report-3", spec, backend, adapter, curves };
}

const siteNames = { tap: "site", cell: "taps" };

function upgradedCurve(curve: unknown): unknown {
  if (!isFields(curve)) return curve;
  const { taps, failures, ...networks } = curve;
  const renamed = (all: unknown): unknown => each(all, (one) => renameKeys(one, siteNames));
  return {
    ...networks,
    sites: renamed(taps),
    ...(failures !== undefined && { failures: renamed(failures) }),
  };
}

/** Returns a library's JSON with every report in it in today's format. */
export function upgradedLibrary(value: unknown): unknown {
  if (!isFields(value)) return value;
  const experiments = each(value.experiments, (one) => {
    const report = isFields(one) ? upgradedReport(one.report) : undefined;
    if (!isFields(one) || !isFields(report)) return one;
    return { ...one, report: { ...report, spec: upgradedSpec(report.spec) } };
  });
  return { ...value, experiments };
}
