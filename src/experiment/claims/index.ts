/** The claims of every preset, one file each; apart from the presets, since the page shows none of them. */
import { adversarial } from "./adversarial";
import { data } from "./data";
import { deep } from "./deep";
import { deeper } from "./deeper";
import { halves } from "./halves";
import { kernels } from "./kernels";
import { labels } from "./labels";
import { noise } from "./noise";
import { protocol } from "./protocol";
import { random } from "./random";
import { scale } from "./scale";
import { seeds } from "./seeds";
import { shuffled } from "./shuffled";
import { simclr } from "./simclr";
import { similar } from "./similar";
import { time } from "./time";
import { transformer } from "./transformer";
import { width } from "./width";
import type { PresetName } from "../presets";
import type { Claim } from "./claim";

export const claims = {
  seeds,
  deep,
  deeper,
  scale,
  halves,
  random,
  simclr,
  data,
  width,
  time,
  labels,
  kernels,
  protocol,
  similar,
  noise,
  shuffled,
  adversarial,
  transformer,
} as const satisfies Record<PresetName, readonly Claim[]>;
