/**
 * The address: a spec, and the visitor's choice of backend, as the part of a URL after `#`.
 *
 *     #v=2&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick&sites=0,3,8&seed=2
 *
 * Reading never fails: a parameter that cannot be read is reported and replaced by its default, and
 * the rest is used.
 */
import { parameters, type Address } from "./address-parameters";
import { defaultPair, type ModelEntry, type Pair } from "./default-pair";
import { defaultSpec } from "./spec";

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
}

/** Quoted text is cut here, so that a hostile address cannot fill the page. */
const longestQuote = 60;
/** Problems after these many are only counted. */
const mostProblems = 12;

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
  const given = split(hash);
  const { bottom, top } = defaultPair(models, knownPair(given, models));
  let address: Address = { spec: defaultSpec(top, bottom), backend: null };
  const problems: AddressProblem[] = [];

  for (const { name, oldName, read } of parameters) {
    const [text, ...more] = [
      ...(given.get(name) ?? []),
      ...(oldName === undefined ? [] : (given.get(oldName) ?? [])),
    ];
    if (text === undefined) continue;
    if (more.length > 0) {
      const found = [text, ...more].map(quote).join(", then ");
      problems.push({ parameter: name, found, expected: "one value", instead: "used the first" });
    }
    const reading = read(text, address, models);
    address = reading.address;
    if (reading.problem !== null) {
      problems.push({ parameter: name, found: quote(text), ...reading.problem });
    }
  }

  const names = parameters.map(({ name }) => name);
  const oldNames = parameters.flatMap(({ oldName }) => oldName ?? []);
  for (const [name, texts] of given) {
    if (names.includes(name) || oldNames.includes(name)) continue;
    const [parameter, found] = [quote(name), texts.map(quote).join(", then ")];
    const expected = `only the parameters ${names.join(", ")}`;
    problems.push({ parameter, found, expected, instead: "left it out" });
  }
  return { ...address, problems: capped(problems) };
}

/** Every parameter's texts, in the order of the address. */
function split(hash: string): Map<string, string[]> {
  const given = new Map<string, string[]>();
  for (const piece of hash.replace(/^#/, "").split("&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=");
    const name = decoded(equals < 0 ? piece : piece.slice(0, equals));
    const text = equals < 0 ? "" : decoded(piece.slice(equals + 1));
    given.set(name, [...(given.get(name) ?? []), text]);
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

function capped(problems: readonly AddressProblem[]): readonly AddressProblem[] {
  const more = problems.length - mostProblems;
  if (more <= 0) return problems;
  const rest: AddressProblem = {
    parameter: "the rest",
    found: `${more} more problems`,
    expected: "none",
    instead: "left them out or used defaults",
  };
  return [...problems.slice(0, mostProblems), rest];
}
