/**
 * Whether the settings are open: as the visitor left them, except where they would cover the page or
 * open under the pointer.
 */
import { useState } from "react";

const key = "stitch-lab-settings";
/** Where the settings are a sheet over the page, as in app/layout.css. */
const sheet = "(max-width: 999px)";

/**
 * @param written whether the build has written the page, always with closed settings: opened while
 *   React takes it over, they would be closed by a press on their button that was meant to open them
 */
export function useSettingsOpen(
  written: boolean,
): readonly [open: boolean, show: (open: boolean) => void] {
  const [open, setOpen] = useState(() => !written && readOpen());
  return [
    open,
    (next) => {
      setOpen(next);
      try {
        window.localStorage.setItem(key, next ? "open" : "closed");
      } catch {
        // Not kept where the browser refuses.
      }
    },
  ];
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
