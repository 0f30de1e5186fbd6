/** Whether the settings are open: as the visitor left them. */
import { useEffect, useState } from "react";

const key = "stitch-lab-settings";

export function useSettingsOpen(): readonly [open: boolean, show: (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    // Not while drawing: the build writes the page with closed settings.
    setOpen(readOpen());
  }, []);
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
  try {
    return window.localStorage.getItem(key) === "open";
  } catch {
    return false;
  }
}
