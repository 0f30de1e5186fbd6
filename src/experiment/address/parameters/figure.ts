/** The figure that an address starts from. */
import { presets, recordedNames } from "../../figures";
import type { ModelEntry } from "../../default-pair";
import { defaultSpec, hasNetworks, specSchema } from "../../spec";
import {
  accepted,
  lastSite,
  withSpec,
  type Address,
  type Parameter,
  type Reading,
} from "./parameter";

/** Read first: the other parameters change the figure. Never written: an address says everything. */
export const figureParameter: Parameter = {
  name: "figure",
  write: () => null,
  read(text, address, models) {
    const names = recordedNames.filter((name) => hasNetworks(presets[name].spec, models));
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
export function fittedFigure(address: Address, models: readonly ModelEntry[]): Reading {
  const { spec } = address;
  const last = lastSite(spec, models);
  const hasSites = spec.sites === "all" || spec.sites.every((site) => site <= last);
  if (hasSites && specSchema.safeParse(spec).success) return { address, problem: null };
  const [{ top, bottom }] = spec.curves;
  const alone = accepted(address, defaultSpec(top, bottom, spec.protocol, spec.data));
  const expected = "settings that all curves of the figure can have";
  return { ...alone, problem: { expected, instead: "used its two networks alone" } };
}
