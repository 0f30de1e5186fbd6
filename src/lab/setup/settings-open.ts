/** Whether the settings are open: as the visitor left them, except where they cover the page. */
import { useState, useSyncExternalStore } from "react";

const key = "stitch-lab-settings";
/** Where the settings are a sheet over the page, as in app/layout.css. */
const sheet = "(max-width: 999px)";

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
  // A sheet would cover what the visitor came for.
  if (window.matchMedia(sheet).matches) return false;
  try {
    return window.localStorage.getItem(key) === "open";
  } catch {
    return false;
  }
}
