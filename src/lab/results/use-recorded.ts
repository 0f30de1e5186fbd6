import { useMemo } from "react";
import type { PresetName } from "../../experiment/figures";
import { recordedSchema, type Recorded } from "../../experiment/report";
import type { Loaded } from "../session/state";
import { openingPreset } from "../session/preset";
import { useOpening } from "../view/services";
import { useFetched } from "../session/use-fetched";

/** A preset's recorded report; null where the experiment is no preset. */
export function useRecorded(name: PresetName | null): Loaded<Recorded> | null {
  const opening = useOpening();
  const here = useMemo(
    (): Loaded<Recorded> | null => opening && { status: "ready", value: opening.recorded },
    [opening],
  );
  const opened = name === openingPreset && here !== null;
  const path = name === null || opened ? null : `recorded/${name}.json`;
  const fetched = useFetched(path, recordedSchema, "the saved result");
  return opened ? here : fetched;
}
