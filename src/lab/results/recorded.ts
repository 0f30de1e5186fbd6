/** Recorded results of presets, and what is shown of an experiment. */
import { type Recorded, recordedSchema } from "../../experiment/report";
import { isEmpty, emptyResults, withEvent, type Results } from "../session/results";
import type { Loaded } from "../session/state";
import { useMemo } from "react";
import type { PresetName } from "../../experiment/figures";
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

interface Shown {
  readonly results: Results;
  /** Where the results are from; null where they were computed here. */
  readonly recorded: Recorded | null;
}

/** Returns what was computed here or, before that, what is recorded. */
export function shownResults(here: Results, recorded: Loaded<Recorded> | null): Shown {
  if (!isEmpty(here) || recorded?.status !== "ready") return { results: here, recorded: null };
  const { report } = recorded.value;
  return {
    results: withEvent(emptyResults, { type: "finished", report }),
    recorded: recorded.value,
  };
}
