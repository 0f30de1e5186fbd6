/** The claims of every figure. Apart from `index.ts`, so that the page does not load them. */
import { adversarialClaims } from "./adversarial";
import { dataClaims } from "./data";
import { deepClaims } from "./deep";
import { deeperClaims } from "./deeper";
import { fashionClaims } from "./fashion";
import { finetuningClaims } from "./finetuning";
import { freezingClaims } from "./freezing";
import { halvesClaims } from "./halves";
import { kernelsClaims } from "./kernels";
import { labelsClaims } from "./labels";
import { misleadClaims } from "./mislead";
import { noiseClaims } from "./noise";
import { probesClaims } from "./probes";
import { protocolClaims } from "./protocol";
import { randomClaims } from "./random";
import { ranksClaims } from "./ranks";
import { scaleClaims } from "./scale";
import { scratchClaims } from "./scratch";
import { seedsClaims } from "./seeds";
import { shuffledClaims } from "./shuffled";
import { simclrClaims } from "./simclr";
import { similarClaims } from "./similar";
import { sparseClaims } from "./sparse";
import { timeClaims } from "./time";
import { trainedClaims } from "./trained";
import { transformerClaims } from "./transformer";
import { widerClaims } from "./wider";
import { widthClaims } from "./width";
import type { PresetName } from ".";
import type { Claim } from "./figure";

export const claims = {
  seeds: seedsClaims(),
  deep: deepClaims(),
  deeper: deeperClaims(),
  halves: halvesClaims(),
  kernels: kernelsClaims(),
  scratch: scratchClaims(),
  protocol: protocolClaims(),
  simclr: simclrClaims(),
  labels: labelsClaims(),
  data: dataClaims(),
  width: widthClaims(),
  wider: widerClaims(),
  time: timeClaims(),
  freezing: freezingClaims(),
  scale: scaleClaims(),
  similar: similarClaims(),
  random: randomClaims(),
  finetuning: finetuningClaims(),
  noise: noiseClaims(),
  shuffled: shuffledClaims(),
  adversarial: adversarialClaims(),
  mislead: misleadClaims(),
  probes: probesClaims(),
  ranks: ranksClaims(),
  transformer: transformerClaims(),
  fashion: fashionClaims(),
  trained: trainedClaims(),
  sparse: sparseClaims(),
} as const satisfies Record<PresetName, readonly Claim[]>;
