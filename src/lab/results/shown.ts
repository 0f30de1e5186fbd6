/** What is shown of an experiment: what was computed here or, before that, what is recorded. */
import type { Recorded } from "../../experiment/report";
import { isEmpty, emptyResults, withEvent, type Results } from "../session/results";
import type { Loaded } from "../session/state";

interface Shown {
  readonly results: Results;
  /** Where the results are from; null where they were computed here. */
  readonly recorded: Recorded | null;
}

export function shownResults(here: Results, recorded: Loaded<Recorded> | null): Shown {
  if (!isEmpty(here) || recorded?.status !== "ready") return { results: here, recorded: null };
  const { report } = recorded.value;
  return {
    results: withEvent(emptyResults, { type: "finished", report }),
    recorded: recorded.value,
  };
}
