/** What an entry of the address is, and what entries have in common. */
import type { Digest } from "../digest";
import { lastSharedSite } from "../../sites";
import type { ModelEntry } from "../../default-pair";
import type { BackendName } from "../../report";
import { modelRefSchema, withFirstCurve, type Curve, type Spec } from "../../spec";

/** What an address says. */
export interface Address {
  readonly spec: Spec;
  /** The visitor's choice; null leaves it to the probe. */
  readonly backend: BackendName | null;
  /** What the author of the address found, to compare with; absent where it says nothing of it. */
  readonly digest?: Digest;
}

export interface Reading {
  readonly address: Address;
  readonly problem: { readonly expected: string; readonly instead: string } | null;
}

export interface Parameter {
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

export function accepted(address: Address, change: Partial<Spec>): Reading {
  return withSpec(address, { ...address.spec, ...change });
}

export function ofFirst(address: Address, change: Partial<Curve>): Reading {
  return withSpec(address, withFirstCurve(address.spec, change));
}

export function withSpec(address: Address, spec: Spec): Reading {
  return { address: { ...address, spec }, problem: null };
}

/** Returns a reference to a network that may still be given or trained here; null for other texts. */
export function obtainable(text: string): string | null {
  return text.includes(":") ? (modelRefSchema.safeParse(text).data ?? null) : null;
}

/** Site numbers of networks that are not available yet are accepted up to this one. */
const lastSiteOfAny = 9_999;

/** The largest site number that every curve has, as far as its networks are available here. */
export function lastSite(spec: Spec, models: readonly ModelEntry[]): number {
  const last = lastSharedSite(spec, models);
  if (last !== null) return last;
  return spec.curves.some(
    ({ top, bottom }) => obtainable(top) !== null || obtainable(bottom) !== null,
  )
    ? lastSiteOfAny
    : 0;
}
