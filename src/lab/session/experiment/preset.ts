/** Presets whose networks are here, their order, and the one that a first visit opens. */
import { writeAddress } from "../../../experiment/address/address";
import { presets, recordedNames, type PresetName } from "../../../experiment/figures";
import { hasNetworks, type Spec } from "../../../experiment/spec";
import type { LabModel } from "../../engine/models";

/** Returns the recorded presets whose networks are all here, or can be trained here. */
export function presetsHere(models: readonly LabModel[]): readonly PresetName[] {
  return recordedNames.filter((name) => hasNetworks(presets[name].spec, models));
}

/**
 * Returns the figures that next and previous go through: those of a lesson, in its order, or all.
 *
 * @param lesson null where there is none
 */
export function figuresInOrder(
  models: readonly LabModel[],
  lesson: readonly PresetName[] | null,
): readonly PresetName[] {
  const here = presetsHere(models);
  const ofLesson = lesson?.filter((name) => here.includes(name)) ?? [];
  return ofLesson.length > 0 ? [...new Set(ofLesson)] : here;
}

/**
 * Returns the figure so many places further, from the last to the first; where none of them is open,
 * the first or the last.
 *
 * @param lesson null goes through all figures
 * @returns null beyond the ends of a lesson, and where no figure's networks are here
 */
export function figureAfter(
  open: PresetName | null,
  by: number,
  models: readonly LabModel[],
  lesson: readonly PresetName[] | null,
): PresetName | null {
  const here = figuresInOrder(models, lesson);
  const at = open === null ? -1 : here.indexOf(open);
  const from = at < 0 && by < 0 ? 0 : at;
  // A lesson ends with its last figure; the gallery goes round.
  if (lesson !== null && at >= 0) return here[at + by] ?? null;
  return here[(from + by + here.length) % here.length] ?? null;
}

/** What a first visit opens: the paper's first figure. */
export const openingPreset: PresetName = "seeds";

/**
 * Returns the address that a visit without one gets; empty where the figure's networks are not all
 * here.
 */
export function openingHash(models: readonly LabModel[]): string {
  return presetsHere(models).includes(openingPreset) ? textOf(presets[openingPreset].spec) : "";
}

/** Returns the preset that an experiment is, to the last number; null where it is none. */
export function presetOf(spec: Spec): PresetName | null {
  const address = textOf(spec);
  return recordedNames.find((name) => textOf(presets[name].spec) === address) ?? null;
}

function textOf(spec: Spec): string {
  return writeAddress({ spec, backend: null });
}
