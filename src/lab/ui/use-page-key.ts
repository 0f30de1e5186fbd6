import { useEffect, useEffectEvent } from "react";

/**
 * Calls back for every press of a key that is meant for the page.
 *
 * @param onKey true where it made use of it
 */
export function usePageKey(onKey: (event: KeyboardEvent) => boolean): void {
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    if (isForPage(event) && onKey(event)) event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener("keydown", onPress);
    return () => window.removeEventListener("keydown", onPress);
  }, []);
}

const typedIn = "input, select, textarea, [contenteditable]";
/** A slider or a chart, which move from layer to layer on their own. */
const movedByArrows = "[role=slider], [role=application]";
/** What Space presses. */
const pressedBySpace = "button, summary, [role=button]";
const over = "dialog[open], [role=dialog]";

/**
 * Whether a press is meant for the page, and not for a field, for something that arrows move or Space
 * presses, or for something that lies over the page.
 */
function isForPage(event: KeyboardEvent): boolean {
  const { target, key, defaultPrevented } = event;
  if (defaultPrevented || document.querySelector(over) !== null) return false;
  // It closes an explanation, which leaves all other keys to the page.
  if (key === "Escape" && document.querySelector(":popover-open") !== null) return false;
  if (!(target instanceof Element)) return true;
  if (key.startsWith("Arrow") && target.closest(movedByArrows) !== null) return false;
  if (key === " " && target.closest(pressedBySpace) !== null) return false;
  return target.closest(typedIn) === null;
}
