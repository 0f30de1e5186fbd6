import { useSyncExternalStore } from "react";

/** A window that is wide enough for names beside the curves. */
const roomy = "(min-width: 1000px)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(roomy);
  query.addEventListener("change", listener);
  return () => {
    query.removeEventListener("change", listener);
  };
}

/** Whether names of curves have room beside them; elsewhere the legend alone tells them apart. */
export function useRoomForLabels(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(roomy).matches);
}
