/** Whether the visitor's system asks for dark colours, for what is painted on a canvas. */
import { useSyncExternalStore } from "react";

const scheme = "(prefers-color-scheme: dark)";

export function useDarkScheme(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(scheme).matches);
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(scheme);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
