import type { PresetName } from "../../experiment/presets";
import { recordedSchema, type Recorded } from "../../experiment/recorded";
import type { Loaded } from "../session/state";
import { useFetched } from "./use-fetched";

/** A preset's recorded report; null where the experiment is no preset. */
export function useRecorded(name: PresetName | null): Loaded<Recorded> | null {
  const path = name && `recorded/${name}.json`;
  return useFetched(path, recordedSchema, "the recorded result");
}
