import { useEffect, useRef } from "react";

const settleMs = 500;

/**
 * Returns a function that says whether `what` has changed within the last half second: a control
 * that has just taken another's place is not yet meant by a press, which may be the second of two.
 */
export function useJustSwapped(what: boolean): () => boolean {
  const before = useRef(what);
  const swappedAtMs = useRef(-Infinity);
  useEffect(() => {
    if (before.current !== what) swappedAtMs.current = performance.now();
    before.current = what;
  }, [what]);
  return () => performance.now() - swappedAtMs.current < settleMs;
}
