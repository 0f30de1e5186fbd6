/**
 * The address: a spec, and the visitor's choice of backend, as the part of a URL after `#`.
 *
 *     #v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick&sites=0,3,8&seed=2
 *
 * Reading never fails: a parameter that cannot be read is reported and replaced by its default, and
 * the rest is used.
 */
import { parameters, readingOrder } from "./parameters/registry";
import type { Address } from "./parameters/parameter";
import { labDataSet, usualDataSet } from "../data-sets";
import { defaultPair, type ModelEntry, type Pair } from "../default-pair";
import { defaultSpec } from "../spec";

/** One thing in an address that could not be read, in words for people. */
export interface AddressProblem {
  readonly parameter: string;
  readonly found: string;
  readonly expected: string;
  /** What was done instead: "used 2,000". */
  readonly instead: string;
}

export interface AddressReading extends Address {
  readonly problems: readonly AddressProblem[];
  /** Present where there is an address of which nothing but the version could be used. */
  readonly unreadable?: true;
}

/**
 * Characters of an address that is read. The longest that the page itself writes, twelve curves at
 * every place of a grid of the deepest network with all their penalties, has fewer.
 */
export const longestAddress = 250_000;
/** Characters of quoted text, which is cut here, so that a hostile address cannot fill the page. */
const longestQuote = 60;
/** Values of a parameter that are quoted; the others are only counted. */
const mostQuotes = 3;
/** Problems after these many are only counted. */
export const mostProblems = 12;
/** Characters of a problem's texts together. */
export const longestProblem = 1_000;

/**
 * The address of an experiment, with its `#`; whatever equals the protocol's defaults is left out.
 */
export function writeAddress(address: Address): string {
  const written = parameters.flatMap(({ name, write }) => {
    const text = write(address);
    return text === null ? [] : [`${name}=${text}`];
  });
  return `#${written.join("&")}`;
}

/**
 * Reads an address.
 *
 * @param hash with or without its `#`; empty for a first visit
 * @param models the networks that are here
 */
export function readAddress(hash: string, models: readonly ModelEntry[]): AddressReading {
  const tooLong = lengthProblem("the address", hash);
  const given = tooLong === null ? split(hash) : new Map<string, string[]>();
  const readers = readersOf(models, given.get("data")?.[0]);
  const { bottom, top } = defaultPair(readers, knownPair(given, models));
  let address: Address = { spec: defaultSpec(top, bottom), backend: null };
  const problems: AddressProblem[] = tooLong === null ? [] : [tooLong];

  let isRead = hash.replace(/^#/, "") === "";
  for (const { name, oldName, read } of readingOrder) {
    const texts = [
      ...(given.get(name) ?? []),
      ...(oldName === undefined ? [] : (given.get(oldName) ?? [])),
    ];
    const [text] = texts;
    if (text === undefined) continue;
    // A figure is read twice.
    const isRepeated = problems.some(({ parameter }) => parameter === name);
    if (texts.length > 1 && !isRepeated) {
      const found = quoteAll(texts);
      problems.push({ parameter: name, found, expected: "one value", instead: "used the first" });
    }
    const reading = read(text, address, models);
    if (reading.address !== address && name !== "v") isRead = true;
    address = reading.address;
    if (reading.problem !== null) {
      problems.push({ parameter: name, found: quote(text), ...reading.problem });
    }
  }

  const names = parameters.map(({ name }) => name);
  const known = new Set([...names, ...parameters.flatMap(({ oldName }) => oldName ?? [])]);
  const expected = `only the parameters ${names.join(", ")}`;
  for (const [name, texts] of given) {
    if (known.has(name)) continue;
    const [parameter, found] = [quote(name), quoteAll(texts)];
    problems.push({ parameter, found, expected, instead: "ignored it" });
  }
  return { ...address, problems: capped(problems), ...(!isRead && { unreadable: true }) };
}

/** Returns a problem if a text is too long to be read, and null otherwise. */
export function lengthProblem(parameter: string, text: string): AddressProblem | null {
  if (text.length <= longestAddress) return null;
  return {
    parameter,
    found: `${text.length.toLocaleString("en")} characters`,
    expected: `at most ${longestAddress.toLocaleString("en")}`,
    instead: "read none of it",
  };
}

/** Every parameter's texts, in the order of the address. */
function split(hash: string): Map<string, string[]> {
  const given = new Map<string, string[]>();
  for (const piece of hash.replace(/^#/, "").split("&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=");
    const name = decoded(equals < 0 ? piece : piece.slice(0, equals));
    const text = equals < 0 ? "" : decoded(piece.slice(equals + 1));
    const texts = given.get(name);
    // Not copied: a long address may have one parameter thousands of times.
    if (texts === undefined) given.set(name, [text]);
    else texts.push(text);
  }
  return given;
}

/**
 * Percent-decoded text. What cannot be decoded stays as it is: it has a `%` in it, which no valid
 * value has, so the parameter's own check refuses it and says what was expected.
 */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The networks that were trained on a data set of the lab; all of them for any other. */
function readersOf(
  models: readonly ModelEntry[],
  data: string = usualDataSet,
): readonly ModelEntry[] {
  if (!labDataSet(data)) return models;
  return models.filter((model) => (model.data ?? usualDataSet) === data);
}

/**
 * The valid networks of an address, so that a default for one can fit the other.
 */
function knownPair(
  given: ReadonlyMap<string, readonly string[]>,
  models: readonly ModelEntry[],
): Partial<Pair> {
  const known = (name: keyof Pair): Partial<Pair> => {
    const id = given.get(name)?.[0];
    return id !== undefined && models.some((model) => model.id === id) ? { [name]: id } : {};
  };
  return { ...known("bottom"), ...known("top") };
}

/** Text for a message: cut where too long, and "nothing" where empty. */
export function quote(text: string): string {
  if (text === "") return "nothing";
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

/** Texts for a message, in order: the first few, and how many there are besides. */
function quoteAll(texts: readonly string[]): string {
  const more = texts.length - mostQuotes;
  const quotes = texts.slice(0, mostQuotes).map(quote);
  return [...quotes, ...(more > 0 ? [`${more.toLocaleString("en")} more`] : [])].join(", then ");
}

/** Returns the first few problems, and how many there are besides. */
export function capped(problems: readonly AddressProblem[]): readonly AddressProblem[] {
  const more = problems.length - mostProblems;
  if (more <= 0) return problems;
  const rest: AddressProblem = {
    parameter: "the rest",
    found: `${more.toLocaleString("en")} more problems`,
    expected: "none",
    instead: "left them out or used defaults",
  };
  return [...problems.slice(0, mostProblems), rest];
}
