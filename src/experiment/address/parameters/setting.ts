/** What all curves share: the images, the protocol, the sites. */
import { dataSetRefSchema, labDataSet, labDataSets, usualDataSet } from "../../data-sets";
import { namesLike } from "../../../core/errors";
import { probeRepresentations } from "../../../core/linear-head/representation";
import { inOrder } from "../../probes";
import { protocolNames, protocolNameSchema } from "../../protocol";
import { limitsInWords, permutationLimits } from "../../limits";
import {
  limitsOf,
  numberOf,
  numberWithin,
  wholeNumber,
  withNumber,
  type NumberField,
} from "../../numbers";
import {
  defaultSpec,
  layouts,
  layoutSchema,
  withDeparture,
  withPermutations,
  withProbes,
  withSimilarityImages,
} from "../../spec";
import { accepted, lastSite, withSpec, type Parameter } from "./parameter";

/** Comes before the numbers, whose limits are the data set's. */
export const dataParameter: Parameter = {
  name: "data",
  write: ({ spec }) => spec.data ?? null,
  read(text, address) {
    const { data: _, ...spec } = address.spec;
    if (text === usualDataSet) return withSpec(address, spec);
    if (labDataSet(text) || isContents(text)) return withSpec(address, { ...spec, data: text });
    const expected = `${namesLike(text, Object.keys(labDataSets))}, or sha256: and 64 hex digits`;
    return { address, problem: { expected, instead: `used ${address.spec.data ?? usualDataSet}` } };
  },
};

function isContents(text: string): boolean {
  return text.includes(":") && dataSetRefSchema.safeParse(text).success;
}

export const targetParameter: Parameter = {
  name: "target",
  write: ({ spec }) => spec.target ?? null,
  read(text, address) {
    if (text === "top") return accepted(address, { target: "top" });
    const { target: _, ...spec } = address.spec;
    const { address: mended } = withSpec(address, spec);
    if (text === "labels") return { address: mended, problem: null };
    const problem = { expected: "labels or top", instead: "used labels" };
    return { address: mended, problem };
  },
};

export const protocolParameter: Parameter = {
  name: "protocol",
  write: ({ spec }) => spec.protocol,
  read(text, address) {
    const { spec } = address;
    const { data: protocol } = protocolNameSchema.safeParse(text);
    if (protocol !== undefined) {
      // Comes before the numbers, whose defaults are the protocol's. A figure keeps its curves.
      if (protocol === spec.protocol) return accepted(address, {});
      const { curves, layout, sites, data, target } = spec;
      const usual = defaultSpec(curves[0].top, curves[0].bottom, protocol, data);
      return accepted(address, { ...usual, curves, layout, sites, ...(target && { target }) });
    }
    const expected = `one of ${protocolNames.join(", ")}`;
    return { address, problem: { expected, instead: `used ${spec.protocol}` } };
  },
};

export const layoutParameter: Parameter = {
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
export const sitesParameter: Parameter = {
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

export function numberParameter(name: string, field: NumberField): Parameter {
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

/** Comes after the version, which decides what an address without it means. */
export const similarityParameter: Parameter = {
  name: "similarity",
  write: ({ spec }) => spec.similarityImages ?? null,
  read(text, address) {
    if (text === "test" || text === "train") {
      return withSpec(address, withSimilarityImages(address.spec, text));
    }
    const instead = `used ${address.spec.similarityImages ?? "test"}`;
    return { address, problem: { expected: "test or train", instead } };
  },
};

export const permutationsParameter: Parameter = {
  name: "permutations",
  write: ({ spec }) => spec.permutations?.toString() ?? null,
  read(text, address) {
    const asked = numberWithin(text, permutationLimits);
    const { address: mended } = withSpec(address, withPermutations(address.spec, asked));
    if (asked !== null || text === "none") return { address: mended, problem: null };
    const expected = `none or ${limitsInWords(permutationLimits)}`;
    return { address: mended, problem: { expected, instead: "left them out" } };
  },
};

export const probesParameter: Parameter = {
  name: "probes",
  write: ({ spec }) => spec.probes?.join(",") ?? null,
  read(text, address) {
    const asked = inOrder(text.split(","));
    const { address: mended } = withSpec(address, withProbes(address.spec, asked));
    if (asked.join(",") === text || text === "none") return { address: mended, problem: null };
    const instead = asked.length === 0 ? "left them out" : `used ${asked.join(",")}`;
    return { address: mended, problem: { expected: probesExpected, instead } };
  },
};

/** Comes after the spec's other measurements, as `1`: an address without it measures none. */
export const departureParameter: Parameter = {
  name: "departure",
  write: ({ spec }) => (spec.departure ? "1" : null),
  read(text, address) {
    const { address: mended } = withSpec(address, withDeparture(address.spec, text === "1"));
    if (text === "1" || text === "0") return { address: mended, problem: null };
    return { address: mended, problem: { expected: "1 or 0", instead: "left it out" } };
  },
};

const probesExpected = `none or ${probeRepresentations.join(",")}, or one of them`;
