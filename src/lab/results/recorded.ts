/** What is shown of an experiment: what was computed here and, besides it, what is recorded. */
import { useEffect, useMemo, useRef, useState } from "react";
import { errorData, type LabErrorData } from "../../core/errors";
import type { Digest } from "../../experiment/address/digest";
import type { PresetName } from "../../experiment/figures";
import { recordedSchema, type Recorded } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import { fetchJson } from "../engine/fetch-json";
import { openingPreset } from "../session/experiment/preset";
import { filesFor, withRecorded, type KnownResults } from "../session/results/recorded-curves";
import { withDigest, type Results } from "../session/results/results";
import { useOpening } from "../view/services";

export interface Shown extends KnownResults {
  /** Curves that are known from the address alone, by place in the spec. */
  readonly authors: ReadonlySet<number>;
  /** The recorded files that are here. */
  readonly files: ReadonlyMap<PresetName, Recorded>;
  /** Whether a recorded file is on its way. */
  readonly loading: boolean;
  /** Why a recorded file cannot be had; null where none is missing. */
  readonly failed: LabErrorData | null;
}

/**
 * @param here what was computed here
 * @param digest what the address's author found; absent where it does not say
 */
export function useShown(spec: Spec, here: Results, digest?: Digest): Shown {
  const { ready, failed } = useFiles(spec);
  return useMemo(() => {
    const names = filesFor(spec, ready, failed);
    const files = names.flatMap((name) => ready.get(name) ?? []);
    const [error = null] = failed.values();
    const { results, source, whole } = withRecorded(spec, here, files);
    const loading = files.length < names.length;
    // Not before it is known what is recorded.
    const told = withDigest(results, spec, loading ? [] : (digest ?? []));
    return { ...told, source, whole, files: ready, loading, failed: error };
  }, [spec, here, digest, ready, failed]);
}

interface Files {
  readonly ready: ReadonlyMap<PresetName, Recorded>;
  readonly failed: ReadonlyMap<PresetName, LabErrorData>;
}

/** Fetches the recorded files that an experiment needs. They stay for the next one. */
function useFiles(spec: Spec): Files {
  const opening = useOpening();
  const [ready, setReady] = useState<Files["ready"]>(
    () => new Map(opening ? [[openingPreset, opening.recorded]] : []),
  );
  const [{ failed, of }, setFailed] = useState({ failed: noneFailed, of: spec });
  // Another experiment tries again.
  if (of !== spec) setFailed({ failed: noneFailed, of: spec });
  const underWay = useRef(new Set<PresetName>());
  useEffect(() => {
    for (const name of filesFor(spec, ready, failed)) {
      if (ready.has(name) || underWay.current.has(name)) continue;
      underWay.current.add(name);
      void fetchJson(new URL(`recorded/${name}.json`, document.baseURI), recordedSchema)
        .then(
          (file) => setReady((files) => new Map(files).set(name, file)),
          (thrown: unknown) => {
            const error = errorData(thrown, "the saved result");
            setFailed((now) => ({ ...now, failed: new Map(now.failed).set(name, error) }));
          },
        )
        .finally(() => underWay.current.delete(name));
    }
  }, [spec, ready, failed]);
  return { ready, failed };
}

const noneFailed: Files["failed"] = new Map();
