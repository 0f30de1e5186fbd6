/**
 * Whose key it is: the page's own keys make way for whatever is typed in, moved by arrows, or lies
 * over the page.
 */

const typedIn = "input, select, textarea, [contenteditable]";
/** A slider, and a chart, which go from layer to layer by themselves. */
const movedByArrows = "[role=slider], [role=application]";
const over = "dialog[open], [role=dialog], :popover-open";

/** Whether a press is the page's. */
export function isForPage(event: KeyboardEvent): boolean {
  const { target, key, defaultPrevented } = event;
  if (defaultPrevented || document.querySelector(over) !== null) return false;
  if (!(target instanceof Element)) return true;
  const others = key.startsWith("Arrow") ? `${typedIn}, ${movedByArrows}` : typedIn;
  return target.closest(others) === null;
}
