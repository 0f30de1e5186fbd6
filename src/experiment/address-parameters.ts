/** The table behind both directions of the address: one entry a parameter, in the order written. */
import type * as z from "../core/schema";
import { perturbationSchema } from "./perturbation";
import { familySchema } from "./family";
import { curveSeparator, readCurve, writeCurve } from "./also";
import { fits, readDigest, siteCounts, writeDigest, type Digest } from "./digest";
import { namesLike } from "./names-like";
import { sitesOf } from "./plan";
import type { ModelEntry } from "./default-pair";
import { protocolNames, protocolNameSchema } from "./protocol";
import { backendNames, backendNameSchema, type BackendName } from "./report";
import { limitsInWords, limitsOf, numberWithin, wholeNumber, type NumberField } from "./numbers";
import {
  curveSchema,
  defaultSpec,
  layouts,
  layoutSchema,
  modelRefSchema,
  mostCurves,
  specSchema,
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
  /** The value's text; null where it is the default, which is left out. */
  readonly write: (address: Address) => string | null;
  /** Puts the value into `address`, which holds what earlier entries read and defaults for the rest. */
  readonly read: (text: string, address: Address, models: readonly ModelEntry[]) => Reading;
}

const versionParameter: Parameter = {
  name: "v",
  write: ({ spec }) => String(spec.version),
  read: (text, address) =>
    text === "1"
      ? { address, problem: null }
      : { address, problem: { expected: "1", instead: "read the rest as version 1" } },
};

function modelParameter(role: "bottom" | "top"): Parameter {
  return {
    name: role,
    write: ({ spec }) => spec[role],
    read(text, address, models) {
      const ids = models.map(({ id }) => id);
      // A file may be given later: whoever opens the address is asked for it.
      if (ids.includes(text) || isFileRef(text)) return accepted(address, { [role]: text });
      const zoo = ids.filter((id) => !id.includes(":"));
      const here = zoo.length === 0 ? "a network" : namesLike(text, zoo);
      const expected = text.includes(":") ? `${here}, or sha256: and 64 hex digits` : here;
      return { address, problem: { expected, instead: `used ${address.spec[role]}` } };
    },
  };
}

const protocolParameter: Parameter = {
  name: "protocol",
  write: ({ spec }) => spec.protocol,
  read(text, address) {
    const { spec } = address;
    const { data: protocol } = protocolNameSchema.safeParse(text);
    if (protocol !== undefined) {
      // Comes before the numbers, whose defaults are the protocol's.
      return accepted(address, defaultSpec(spec.top, spec.bottom, protocol));
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
    // Comes before the taps, which are numbered by it.
    if (layout !== undefined) return accepted(address, { layout });
    const expected = `one of ${layouts.join(", ")}`;
    return { address, problem: { expected, instead: "used diagonal" } };
  },
};

const sitesParameter: Parameter = {
  name: "taps",
  write: ({ spec }) => (spec.sites === "all" ? null : spec.sites.join(",")),
  read(text, address, models) {
    if (text === "all") return accepted(address, { sites: "all" });
    const last = lastSite(address.spec, models);
    const found = text.split(",").map(wholeNumber);
    const known = found.filter((tap) => tap !== null && tap <= last);
    const taps = [...new Set(known)].filter((tap) => tap !== null).sort((a, b) => a - b);
    const used = taps.join(",");
    if (taps.length > 0 && used === text) return accepted(address, { sites: taps });
    const expected = `tap numbers from 0 to ${String(last)} in ascending order, each once, such as 0,${String(last)}`;
    if (taps.length === 0) return { address, problem: { expected, instead: "used all taps" } };
    const { address: mended } = accepted(address, { sites: taps });
    return { address: mended, problem: { expected, instead: `used ${used}` } };
  },
};

function numberParameter(name: string, field: NumberField): Parameter {
  return {
    name,
    write({ spec }) {
      const standard = defaultSpec(spec.top, spec.bottom, spec.protocol);
      return spec[field] === standard[field] ? null : String(spec[field]);
    },
    read(text, address) {
      const limits = limitsOf(field, address.spec.protocol);
      const value = numberWithin(text, limits);
      if (value !== null) return accepted(address, { [field]: value });
      const instead = `used ${address.spec[field].toLocaleString("en")}`;
      return { address, problem: { expected: limitsInWords(limits), instead } };
    },
  };
}

/** One of a few words, or of the form that its schema checks. */
function wordParameter<Field extends "family" | "perturbation">(
  name: Field,
  schema: z.ZodMiniType<Spec[Field]>,
  usual: Spec[Field],
): Parameter {
  return {
    name,
    write: ({ spec }) => (spec[name] === usual ? null : spec[name]),
    read(text, address) {
      const parsed = schema.safeParse(text);
      // Comes after the protocol, which not every family goes with.
      const whole = specSchema.safeParse({ ...address.spec, [name]: text });
      if (parsed.success && whole.success) return accepted(address, { [name]: parsed.data });
      const expected = (parsed.error ?? whole.error)?.issues[0]?.message ?? usual;
      return { address, problem: { expected, instead: `used ${usual}` } };
    },
  };
}

/** Read after everything that its curves take from the first one. */
const alsoParameter: Parameter = {
  name: "also",
  write: ({ spec }) =>
    spec.also.length === 0
      ? null
      : spec.also.map((curve) => writeCurve(curve, spec)).join(curveSeparator),
  read(text, address, models) {
    const { spec } = address;
    const here = (id: string): boolean => models.some((model) => model.id === id);
    const pieces = text.split(curveSeparator);
    const curves = pieces.flatMap((piece) => {
      const curve = curveSchema.safeParse(readCurve(piece, spec)).data;
      return curve && here(curve.bottom) && here(curve.top) ? [curve] : [];
    });
    // Each once, and none too many: whatever the whole would be refused for.
    const also: Spec["also"] = [];
    for (const curve of curves) {
      if (specSchema.safeParse({ ...spec, also: [...also, curve] }).success) also.push(curve);
    }
    const mended = accepted(address, { also }).address;
    if (also.length === pieces.length) return { address: mended, problem: null };
    const expected = `up to ${String(mostCurves)} curves, each once: BOTTOM,TOP,SEED,FAMILY,ALTERED or the first of these, with networks that are here, separated by ;`;
    const instead = also.length === 0 ? "left them out" : `used ${String(also.length)} of them`;
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
    const taps = counts.map((count) => (count === null ? "any number of" : String(count)));
    const expected = `1: and penalties in hundredths of a point, such as 115,-3,x, at ${taps.join(" and ")} taps`;
    return { address, problem: { expected, instead: "compared with nothing" } };
  },
};

export const parameters: readonly Parameter[] = [
  versionParameter,
  modelParameter("bottom"),
  modelParameter("top"),
  protocolParameter,
  layoutParameter,
  sitesParameter,
  numberParameter("train", "trainImages"),
  numberParameter("test", "testImages"),
  numberParameter("epochs", "epochs"),
  numberParameter("seed", "seed"),
  wordParameter("family", familySchema, "affine"),
  wordParameter("perturbation", perturbationSchema, "none"),
  alsoParameter,
  backendParameter,
  digestParameter,
];

function accepted(address: Address, change: Partial<Spec>): Reading {
  return { address: { ...address, spec: { ...address.spec, ...change } }, problem: null };
}

/** Whether a text names a file by its contents, be it here or not. */
function isFileRef(text: string): boolean {
  return text.includes(":") && modelRefSchema.safeParse(text).success;
}

/** Places in networks that are not here yet are believed up to this one. */
const lastSiteOfAny = 9_999;

/** Of the places where a stitch may stand, as far as the two networks are here. */
function lastSite(spec: Spec, models: readonly ModelEntry[]): number {
  const bottom = models.find(({ id }) => id === spec.bottom);
  const top = models.find(({ id }) => id === spec.top);
  if (bottom && top) {
    return sitesOf(bottom.architecture, top.architecture, spec.layout).length - 1;
  }
  return isFileRef(spec.top) || isFileRef(spec.bottom) ? lastSiteOfAny : 0;
}
