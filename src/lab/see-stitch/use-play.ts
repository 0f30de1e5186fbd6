/** Moves the stitch through the depth on its own, from the first layer to the last. */
import { useEffect, useState } from "react";

/** A layer is shown at least this long, and at most that long where its penalty is not known. */
const shownMs = 1_000;
const patienceMs = 8_000;

interface Play {
  readonly playing: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

/** @param settled whether all that is asked of the current site is on the screen */
export function usePlay(
  site: number,
  siteCount: number,
  settled: boolean,
  onSite: (site: number) => void,
): Play {
  const [playing, setPlaying] = useState(false);
  const last = siteCount - 1;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setTimeout(
      () => {
        if (site >= last) setPlaying(false);
        else onSite(site + 1);
      },
      settled ? shownMs : patienceMs,
    );
    return () => clearTimeout(timer);
  }, [playing, site, last, settled, onSite]);
  return {
    playing,
    start() {
      onSite(0);
      setPlaying(true);
    },
    stop: () => setPlaying(false),
  };
}
