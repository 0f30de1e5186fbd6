/** What measures of similarity give representations that have nothing in common, layer by layer. */
import { tapsOf } from "../../core/nets/architecture";
import { chanceLevel } from "../../core/similarity/cka";
import type { MeasureName } from "../../core/similarity/measures";
import { noiseChannels } from "../../experiment/perturbation";
import { sitesOf } from "../../experiment/sites";
import { batchSize } from "../../experiment/protocol";
import type { Spec } from "../../experiment/spec";
import type { ModelPair } from "../session/experiment/pair";

/** @returns one a place; null for measures whose level is not known */
export function chanceLevels(
  spec: Spec,
  { bottom, top }: ModelPair,
  measure: MeasureName,
): readonly (number | null)[] {
  const bottomTaps = tapsOf(bottom.architecture);
  const topTaps = tapsOf(top.architecture);
  return sitesOf(bottom.architecture, top.architecture, spec.layout).map((place) => {
    switch (measure) {
      case "linearCka":
      case "rbfCka":
        // Debiased: 0 on average.
        return 0;
      case "biasedLinearCka": {
        const from = bottomTaps[place.bottomTap];
        const to = topTaps[place.topTap];
        if (!from || !to) return null;
        const positions = to.height * to.width;
        const channels = from.channels + noiseChannels(spec.curves[0].perturbation);
        return chanceLevel(batchSize, channels * positions, to.channels * positions);
      }
      case "svcca":
      case "pwcca":
      case "procrustes":
      case "mutualNeighbours":
        return null;
      default:
        return measure satisfies never;
    }
  });
}
