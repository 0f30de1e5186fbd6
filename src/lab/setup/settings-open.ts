/** Whether the settings are open: as the visitor left them. */
import { useState, useSyncExternalStore } from "react";

const key = "stitch-lab-settings";

export function useSettingsOpen(): readonly [open: boolean, show: (open: boolean) => void] {
  // The build writes the page with closed settings.
  const kept = useSyncExternalStore(neverChanges, readOpen, () => false);
  const [chosen, choose] = useState<boolean | null>(null);
  return [
    chosen ?? kept,
    (open) => {
      choose(open);
      try {
        window.localStorage.setItem(key, open ? "open" : "closed");
      } catch {
        // Not kept where the browser refuses.
      }
    },
  ];
}

/** Another tab's settings are its own. */
function neverChanges(): () => void {
  return () => undefined;
}

function readOpen(): boolean {
  try {
    return window.localStorage.getItem(key) === "open";
  } catch {
    return false;
  }
}
