/** What an unfinished run is called, and how far it is. */
import { readAddress } from "../../experiment/address/address";
import { presets } from "../../experiment/figures";
import { curvesOf } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import type { LeftRun } from "../session/runs/left-runs";
import { pairTitle } from "../session/experiment/model-names";
import { presetOf } from "../session/experiment/preset";

export function unfinishedTitle(
  { key, only }: Pick<LeftRun, "key" | "only">,
  models: readonly LabModel[],
): string {
  const { spec } = readAddress(key, models);
  const preset = presetOf(spec);
  const curve = only === null ? undefined : curvesOf(spec)[only];
  if (preset !== null && curve === undefined) return presets[preset].title;
  const others = curve === undefined ? spec.curves.length - 1 : 0;
  const more = others === 0 ? "" : `, and ${others} more`;
  return `${pairTitle(curve ?? spec.curves[0], models)}${more}, ${spec.protocol}`;
}

/** "71% computed"; never 100%, which would be finished. */
export function unfinishedState({ fraction, cancelled }: LeftRun): string {
  const done = `${Math.min(99, Math.floor(100 * fraction))}% computed`;
  return cancelled ? `cancelled, ${done}` : done;
}
