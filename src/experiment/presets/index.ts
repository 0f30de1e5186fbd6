/** Every preset, one file each, in the order of the gallery. */
import type { Preset } from "./preset";
import { random } from "./random";
import { seeds } from "./seeds";
import { time } from "./time";
import { width } from "./width";

export const presets = { seeds, random, time, width } as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as PresetName[];
