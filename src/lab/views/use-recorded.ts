import { useEffect, useState } from "react";
import type { PresetName } from "../../experiment/presets";
import { recordedSchema, type Recorded } from "../../experiment/recorded";
import { fetchJson } from "../fetch-json";
import { errorData } from "../../core/errors";
import type { Loaded } from "../session/state";

/** A preset's recorded report; null where the experiment is no preset. */
export function useRecorded(name: PresetName | null): Loaded<Recorded> | null {
  const [fetched, setFetched] = useState<{ name: PresetName; recorded: Loaded<Recorded> } | null>(
    null,
  );
  useEffect(() => {
    if (name === null) return undefined;
    let wanted = true;
    const show = (recorded: Loaded<Recorded>): void => {
      if (wanted) setFetched({ name, recorded });
    };
    fetchJson(new URL(`recorded/${name}.json`, document.baseURI), recordedSchema).then(
      (value) => {
        show({ status: "ready", value });
      },
      (thrown: unknown) => {
        show({ status: "failed", error: errorData(thrown, "the recorded result") });
      },
    );
    return () => {
      wanted = false;
    };
  }, [name]);
  if (name === null) return null;
  return fetched?.name === name ? fetched.recorded : { status: "loading" };
}
