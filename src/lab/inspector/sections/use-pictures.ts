import { useEffect, useState } from "react";
import { errorData, type LabErrorData } from "../../../core/errors";
import { useStitchSource } from "../../view/services";

export interface Pictures extends KnownPictures {
  /** Why the last ones cannot be had; null where nothing went wrong. */
  readonly error: LabErrorData | null;
  /** Asks for the missing ones again. */
  readonly retry: () => void;
}

interface KnownPictures {
  readonly width: number;
  readonly height: number;
  /** By image: [h, w, c] */
  readonly pixels: ReadonlyMap<number, Uint8Array>;
}

const none: KnownPictures = { width: 0, height: 0, pixels: new Map() };

/**
 * Pictures of test images as they arrive; those that were shown before are kept.
 *
 * @param images sorted or not, each once
 * @param data the data set, as in a spec
 */
export function usePictures(images: readonly number[], data: string | undefined): Pictures {
  const source = useStitchSource();
  const [known, setKnown] = useState(none);
  const [error, setError] = useState<LabErrorData | null>(null);
  const [attempt, setAttempt] = useState(0);
  const missing = images.filter((image) => !known.pixels.has(image)).join();
  useEffect(() => {
    if (missing === "") return undefined;
    let wanted = true;
    source.pictures(missing.split(",").map(Number), data).then(
      ({ width, height, pixels }) => {
        if (!wanted) return;
        setError(null);
        setKnown((before) => ({ width, height, pixels: new Map([...before.pixels, ...pixels]) }));
      },
      (thrown: unknown) => {
        if (wanted) setError(errorData(thrown, "the test images"));
      },
    );
    return () => {
      wanted = false;
    };
  }, [source, missing, data, attempt]);
  return { ...known, error, retry: () => setAttempt(attempt + 1) };
}
