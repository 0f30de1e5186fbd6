/** The checks of a curve, in the order in which they are shown; one file each. */
import { bothWays } from "./both-ways";
import type { Check } from "./check";
import { controls } from "./controls";
import { diagonal } from "./diagonal";
import { distribution } from "./distribution";
import { errors } from "./errors";
import { matched } from "./matched";
import { rank } from "./rank";
import { stitchSeeds } from "./stitch-seeds";

export const checks = {
  bothWays,
  controls,
  distribution,
  matched,
  errors,
  stitchSeeds,
  diagonal,
  rank,
} as const satisfies Record<string, Check>;
