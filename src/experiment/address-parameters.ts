/** The table behind both directions of the address: one entry a parameter, in the order written. */
import type * as z from "../core/schema";
import { perturbationSchema } from "./perturbation";
import { familySchema } from "./family";
import { curveSeparator, readCurve, writeCurve } from "./also";
import { presetNames, presets } from "./figures";
import { fits, readDigest, siteCounts, writeDigest, type Digest } from "./digest";
import { labDataSet, labDataSets, usualDataSet } from "./data-sets";
import { namesLike } from "../core/errors";
import { lastSharedSite } from "./plan";
import type { ModelEntry } from "./default-pair";
import { protocolNames, protocolNameSchema } from "./protocol";
import { backendNames, backendNameSchema, type BackendName } from "./report";
import {
  limitsInWords,
  limitsOf,
  numberOf,
  numberWithin,
  wholeNumber,
  withNumber,
  type NumberField,
} from "./numbers";
import {
  curveSchema,
  defaultSpec,
  layouts,
  layoutSchema,
  modelRefSchema,
  mostCurves,
  specSchema,
  withFirstCurve,
  withOtherCurves,
  type Curve,
  type Spec,
} from "./spec";

/** What an address says. */
export interface Address {
  readonly spec: Spec;
  /** The visitor's choice; null leaves it to the probe. */
  readonly backend: BackendName | null;
  /** What the author of the address found, to compare with; absent where it says nothing of it. */
  readonly digest?: Digest;
}

interface Reading {
  readonly address: Address;
  readonly problem: { readonly expected: string; readonly instead: string } | null;
}

interface Parameter {
  readonly name: string;
  /** What version 1 called it; still read. */
  readonly oldName?: string;
  /** The value's text; null where it is the default, which is left out. */
  readonly write: (address: Address) => string | null;
  /**
   * Puts the value into `address`, which holds what earlier entries read and defaults for the rest.
   */
  readonly read: (text: string, address: Address, models: readonly ModelEntry[]) => Reading;
}

/** Read first: the other parameters change the figure. Never written: an address says everything. */
const figureParameter: Parameter = {
  name: "figure",
  write: () => null,
  read(text, address, models) {
    const here = (id: string): boolean => models.some((model) => model.id === id);
    const names = presetNames.filter((name) =>
      presets[name].spec.curves.every(({ top, bottom }) => here(top) && here(bottom)),
    );
    const name = names.find((other) => other === text);
    if (name !== undefined) return withSpec(address, presets[name].spec);
    const expected = names.length === 0 ? "nothing" : `one of ${names.join(", ")}`;
    return { address, problem: { expected, instead: "ignored it" } };
  },
};

/**
 * Returns a figure as other parameters changed it; its two networks alone where its curves no longer
 * go together, or do not have its sites.
 */
function fittedFigure(address: Address, models: readonly ModelEntry[]): Reading {
  const { spec } = address;
  const last = lastSite(spec, models);
  const hasSites = spec.sites === "all" || spec.sites.every((site) => site <= last);
  if (hasSites && specSchema.safeParse(spec).success) return { address, problem: null };
  const [{ top, bottom }] = spec.curves;
  const alone = accepted(address, defaultSpec(top, bottom, spec.protocol, spec.data));
  const expected = "settings that all curves of the figure can have";
  return { ...alone, problem: { expected, instead: "used its two networks alone" } };
}

const versionParameter: Parameter = {
  name: "v",
  write: ({ spec }) => String(spec.version),
  read: (text, address) =>
    text === "1" || text === "2"
      ? { address, problem: null }
      : { address, problem: { expected: "1 or 2", instead: "read the rest as version 2" } },
};

function modelParameter(role: "bottom" | "top"): Parameter {
  return {
    name: role,
    write: ({ spec }) => spec.curves[0][role],
    read(text, address, models) {
      const ids = models.map(({ id }) => id);
      // A file may be given later: the page asks for it.
      if (ids.includes(text) || isFileRef(text)) return ofFirst(address, { [role]: text });
      const zoo = ids.filter((id) => !id.includes(":"));
      const here = zoo.length === 0 ? "a network" : namesLike(text, zoo);
      const expected = text.includes(":") ? `${here}, or sha256: and 64 hex digits` : here;
      return { address, problem: { expected, instead: `used ${address.spec.curves[0][role]}` } };
    },
  };
}

/** Comes before the numbers, whose limits are the data set's. */
const dataParameter: Parameter = {
  name: "data",
  write: ({ spec }) => spec.data ?? null,
  read(text, address) {
    const { data: _, ...spec } = address.spec;
    if (text === usualDataSet) return withSpec(address, spec);
    if (labDataSet(text) || isFileRef(text)) return withSpec(address, { ...spec, data: text });
    const expected = `${namesLike(text, Object.keys(labDataSets))}, or sha256: and 64 hex digits`;
    return { address, problem: { expected, instead: `used ${address.spec.data ?? usualDataSet}` } };
  },
};

const protocolParameter: Parameter = {
  name: "protocol",
  write: ({ spec }) => spec.protocol,
  read(text, address) {
    const { spec } = address;
    const { data: protocol } = protocolNameSchema.safeParse(text);
    if (protocol !== undefined) {
      // Comes before the numbers, whose defaults are the protocol's. A figure keeps its curves.
      if (protocol === spec.protocol) return accepted(address, {});
      const { curves, layout, sites, data } = spec;
      const usual = defaultSpec(curves[0].top, curves[0].bottom, protocol, data);
      return accepted(address, { ...usual, curves, layout, sites });
    }
    const expected = `one of ${protocolNames.join(", ")}`;
    return { address, problem: { expected, instead: `used ${spec.protocol}` } };
  },
};

const layoutParameter: Parameter = {
  name: "layout",
  write: ({ spec }) => (spec.layout === "diagonal" ? null : spec.layout),
  read(text, address) {
    const { data: layout } = layoutSchema.safeParse(text);
    // Comes before the sites, which are numbered by it.
    if (layout !== undefined) return accepted(address, { layout, sites: "all" });
    const expected = `one of ${layouts.join(", ")}`;
    return { address, problem: { expected, instead: "used diagonal" } };
  },
};

/** Read after the curves: every one of them must have the sites. */
const sitesParameter: Parameter = {
  name: "sites",
  // Its name in version 1.
  oldName: "taps",
  write: ({ spec }) => (spec.sites === "all" ? null : spec.sites.join(",")),
  read(text, address, models) {
    if (text === "all") return accepted(address, { sites: "all" });
    const last = lastSite(address.spec, models);
    const found = text.split(",").map(wholeNumber);
    const known = found.filter((site) => site !== null && site <= last);
    const sites = [...new Set(known)].filter((site) => site !== null).sort((a, b) => a - b);
    if (sites.length > 0 && sites.join(",") === text) return accepted(address, { sites });
    const whose = address.spec.curves.length === 1 ? "" : ", which every curve has,";
    const expected = `site numbers from 0 to ${last}${whose} in ascending order, each once, such as 0,${last}`;
    if (sites.length === 0) return { address, problem: { expected, instead: "used all sites" } };
    const { address: mended } = accepted(address, { sites });
    return { address: mended, problem: { expected, instead: `used ${listed(sites)}` } };
  },
};

/** Sites in a message; of many only the first few are named. */
function listed(sites: readonly number[]): string {
  const more = sites.length - mostSitesListed;
  const few = sites.slice(0, mostSitesListed).join(",");
  return more > 0 ? `${few} and ${more.toLocaleString("en")} more` : few;
}

const mostSitesListed = 20;

function numberParameter(name: string, field: NumberField): Parameter {
  return {
    name,
    write({ spec }) {
      const [{ top, bottom }] = spec.curves;
      const value = numberOf(spec, field);
      const usual = numberOf(defaultSpec(top, bottom, spec.protocol), field);
      return value === usual ? null : String(value);
    },
    read(text, address) {
      const limits = limitsOf(field, address.spec);
      const value = numberWithin(text, limits);
      if (value !== null) return withSpec(address, withNumber(address.spec, field, value));
      const instead = `used ${numberOf(address.spec, field).toLocaleString("en")}`;
      return { address, problem: { expected: limitsInWords(limits), instead } };
    },
  };
}

/** One of a few words, or of the form that its schema checks. */
function wordParameter<Field extends "family" | "perturbation">(
  name: Field,
  schema: z.ZodMiniType<Curve[Field]>,
  usual: Curve[Field],
  oldName?: string,
): Parameter {
  return {
    name,
    ...(oldName !== undefined && { oldName }),
    write: ({ spec }) => (spec.curves[0][name] === usual ? null : spec.curves[0][name]),
    read(text, address) {
      const parsed = schema.safeParse(text);
      // Comes after the protocol, which not every family goes with.
      const [first, ...others] = address.spec.curves;
      const curves = [{ ...first, [name]: text }, ...others];
      const whole = specSchema.safeParse({ ...address.spec, curves });
      if (parsed.success && whole.success) return withSpec(address, whole.data);
      const expected = (parsed.error ?? whole.error)?.issues[0]?.message ?? usual;
      return { address, problem: { expected, instead: `used ${first[name]}` } };
    },
  };
}

/** Read after everything that its curves take from the first one. */
const alsoParameter: Parameter = {
  name: "also",
  write({ spec }) {
    const [first, ...others] = spec.curves;
    if (others.length === 0) return null;
    return others.map((curve) => writeCurve(curve, first)).join(curveSeparator);
  },
  read(text, address, models) {
    const { spec } = address;
    // A file may be given later: the page asks for it.
    const here = (id: string): boolean => isFileRef(id) || models.some((model) => model.id === id);
    const pieces = text.split(curveSeparator);
    const curves = pieces.flatMap((piece) => {
      const curve = curveSchema.safeParse(readCurve(piece, spec.curves[0])).data;
      return curve && here(curve.bottom) && here(curve.top) ? [curve] : [];
    });
    // Leaves out duplicates and curves beyond the limit, for which the whole would be refused.
    const others: Curve[] = [];
    for (const curve of curves) {
      if (others.length === mostCurves - 1) break;
      if (specSchema.safeParse(withOtherCurves(spec, [...others, curve])).success) {
        others.push(curve);
      }
    }
    const { address: mended } = withSpec(address, withOtherCurves(spec, others));
    if (others.length === pieces.length) return { address: mended, problem: null };
    const expected = `up to ${mostCurves - 1} curves, each once: BOTTOM,TOP,SEED,FAMILY,PERTURBATION or the first of these, with known networks, separated by ;`;
    const instead = others.length === 0 ? "left them out" : `used ${others.length} of them`;
    return { address: mended, problem: { expected, instead } };
  },
};

const backendParameter: Parameter = {
  name: "backend",
  write: ({ backend }) => backend,
  read(text, address) {
    const { data: backend } = backendNameSchema.safeParse(text);
    if (backend !== undefined) return { address: { ...address, backend }, problem: null };
    const expected = `one of ${backendNames.join(", ")}`;
    return { address, problem: { expected, instead: "chose automatically" } };
  },
};

/** Read last: it must fit the rest. */
const digestParameter: Parameter = {
  name: "digest",
  write: ({ digest }) => (digest === undefined ? null : writeDigest(digest)),
  read(text, address, models) {
    const counts = siteCounts(address.spec, models);
    const digest = readDigest(text);
    if (digest !== null && fits(digest, counts)) {
      return { address: { ...address, digest }, problem: null };
    }
    const sites = counts.map((count) => (count === null ? "any number of" : String(count)));
    const expected = `1: and penalties in hundredths of a point, such as 115,-3,x, or 2: and PENALTY.ERROR.CKA, such as 115.12.987,x, at ${sites.join(" and ")} sites`;
    return { address, problem: { expected, instead: "made no comparison" } };
  },
};

export const parameters: readonly Parameter[] = [
  versionParameter,
  modelParameter("bottom"),
  modelParameter("top"),
  dataParameter,
  protocolParameter,
  layoutParameter,
  sitesParameter,
  numberParameter("train", "trainImages"),
  numberParameter("test", "testImages"),
  numberParameter("epochs", "epochs"),
  numberParameter("seed", "seed"),
  wordParameter("family", familySchema, "affine"),
  wordParameter("perturbation", perturbationSchema, "none", "altered"),
  alsoParameter,
  backendParameter,
  digestParameter,
  figureParameter,
];

/** Parameters in the order in which they are read, each after those that it depends on. */
export const readingOrder: readonly Pick<Parameter, "name" | "oldName" | "read">[] = [
  figureParameter,
  ...parameters.filter(
    (parameter) =>
      parameter !== sitesParameter &&
      parameter !== digestParameter &&
      parameter !== figureParameter,
  ),
  { name: "figure", read: (_, address, models) => fittedFigure(address, models) },
  sitesParameter,
  digestParameter,
];

function accepted(address: Address, change: Partial<Spec>): Reading {
  return withSpec(address, { ...address.spec, ...change });
}

function ofFirst(address: Address, change: Partial<Curve>): Reading {
  return withSpec(address, withFirstCurve(address.spec, change));
}

function withSpec(address: Address, spec: Spec): Reading {
  return { address: { ...address, spec }, problem: null };
}

/** Whether a text names a file by its hash, available here or not. */
function isFileRef(text: string): boolean {
  return text.includes(":") && modelRefSchema.safeParse(text).success;
}

/** Site numbers of networks that are not available yet are accepted up to this one. */
const lastSiteOfAny = 9_999;

/** The largest site number that every curve has, as far as its networks are available here. */
function lastSite(spec: Spec, models: readonly ModelEntry[]): number {
  const last = lastSharedSite(spec, models);
  if (last !== null) return last;
  return spec.curves.some(({ top, bottom }) => isFileRef(top) || isFileRef(bottom))
    ? lastSiteOfAny
    : 0;
}
