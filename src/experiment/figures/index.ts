/** The figures of the gallery, in its order, group by group; one file each. */
import { adversarial } from "./adversarial";
import { data } from "./data";
import { deep } from "./deep";
import { deeper } from "./deeper";
import { fashion } from "./fashion";
import { finetuning } from "./finetuning";
import { freezing } from "./freezing";
import { halves } from "./halves";
import { kernels } from "./kernels";
import { labels } from "./labels";
import { mislead } from "./mislead";
import { noise } from "./noise";
import type { Preset } from "./figure";
import { probes } from "./probes";
import { protocol } from "./protocol";
import { random } from "./random";
import { ranks } from "./ranks";
import { scale } from "./scale";
import { scratch } from "./scratch";
import { seeds } from "./seeds";
import { shuffled } from "./shuffled";
import { similar } from "./similar";
import { simclr } from "./simclr";
import { sparse } from "./sparse";
import { time } from "./time";
import { trained } from "./trained";
import { transformer } from "./transformer";
import { wider } from "./wider";
import { width } from "./width";

export const presets = {
  seeds,
  deep,
  deeper,
  halves,
  kernels,
  scratch,
  protocol,
  simclr,
  labels,
  data,
  width,
  wider,
  time,
  freezing,
  scale,
  similar,
  random,
  finetuning,
  noise,
  shuffled,
  adversarial,
  mislead,
  probes,
  ranks,
  transformer,
  fashion,
  trained,
  sparse,
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as PresetName[];

/** Of these nobody has recorded a report yet: the command line runs them, the page lists them later. */
const unrecorded: readonly PresetName[] = ["scratch", "freezing"];

/** Figures with a recorded report, in the gallery's order. */
export const recordedNames = presetNames.filter((name) => !unrecorded.includes(name));
