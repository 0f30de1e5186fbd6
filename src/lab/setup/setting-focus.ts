/** Leads from a part of the experiment's sentence to the control that changes it. */
import { useEffect, useState } from "react";

export type Setting = "protocol" | "trainImages" | "curves";

/** Settings that are drawn only while the advanced ones are open. */
const advanced: readonly Setting[] = ["trainImages"];

/**
 * Returns a function that scrolls to a setting and focuses its control.
 *
 * @param panelId of the settings, which may open with the same press
 */
export function useSettingFocus(panelId: string): (setting: Setting) => void {
  // An object, so that a second press of the same part counts, too.
  const [asked, ask] = useState<{ readonly setting: Setting } | null>(null);
  useEffect(() => {
    const panel = document.getElementById(panelId);
    if (panel === null || asked === null) return;
    return focusSetting(panel, asked.setting);
  }, [asked, panelId]);
  return (setting) => ask({ setting });
}

/** Scrolls the panel, and the page only where that is not enough: the Run button stays in sight. */
function showIn(panel: HTMLElement, found: Element): void {
  const [outer, inner] = [panel.getBoundingClientRect(), found.getBoundingClientRect()];
  panel.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  found.scrollIntoView({ block: "nearest" });
}

/** @returns stops waiting for the control */
function focusSetting(panel: HTMLElement, setting: Setting): () => void {
  const observer = new MutationObserver(() => {
    if (focusNow()) observer.disconnect();
  });
  const focusNow = (): boolean => {
    const found = panel.querySelector(`[data-setting="${setting}"]`);
    const control = found?.matches("[tabindex]")
      ? found
      : found?.querySelector("input:checked, input:not([type=radio]), select");
    if (!(control instanceof HTMLElement)) return false;
    control.focus({ preventScroll: true });
    if (found) showIn(panel, found);
    return true;
  };
  const details = panel.querySelector<HTMLDetailsElement>("details.advanced");
  if (details !== null && advanced.includes(setting)) details.open = true;
  // The script of the advanced settings may still be on its way.
  if (!focusNow()) observer.observe(panel, { childList: true, subtree: true });
  return () => observer.disconnect();
}
