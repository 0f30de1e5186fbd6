/** What a first visit sees before the page does anything. The build writes it into the page. */
import type { ZooModel } from "../../core/nets/zoo-manifest";
import { readAddress } from "../../experiment/address/address";
import type { Recorded } from "../../experiment/report";
import { openingHash, openingPreset } from "./experiment/preset";
import { reduce } from "./reducer";
import { initialState, type LabState } from "./state";

/** Files that an opening is made of, relative to the page's address. */
export const openingFiles = {
  zoo: "zoo/manifest.json",
  recorded: `recorded/${openingPreset}.json`,
} as const;

export interface Opening {
  /** The opening figure's result. */
  readonly recorded: Recorded;
  readonly state: LabState;
}

export function openingOf(models: readonly ZooModel[], recorded: Recorded): Opening {
  const { problems, ...address } = readAddress(openingHash(models), models);
  return { recorded, state: reduce(initialState, { type: "opened", models, address, problems }) };
}
