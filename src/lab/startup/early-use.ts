/**
 * Records what a visitor does before the page is hydrated, and repeats it afterwards.
 */

/**
 * Keys, buttons and fields. The browser handles the rest, such as opening details.
 */
const kinds = ["keydown", "click", "change"] as const;

/**
 * Notes what is done within `root`, and keys anywhere.
 *
 * @returns stops recording, and returns a function that repeats everything in order
 */
export function noteEarlyUse(root: HTMLElement): () => () => void {
  const listening = new AbortController();
  const done: (() => void)[] = [];
  const note = (event: Event): void => {
    const again = repeated(event, root);
    if (again) done.push(again);
  };
  for (const kind of kinds) {
    window.addEventListener(kind, note, { capture: true, signal: listening.signal });
  }
  return () => {
    listening.abort();
    return () => {
      for (const again of done) again();
    };
  };
}

function repeated(event: Event, root: HTMLElement): (() => void) | null {
  const target = event.target instanceof Element ? event.target : null;
  if (event instanceof KeyboardEvent) {
    return () => (target ?? window).dispatchEvent(new KeyboardEvent(event.type, event));
  }
  if (target === null || !root.contains(target)) return null;
  if (event.type === "change") {
    return () => target.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const button = target.closest("button");
  return (
    button &&
    (() => {
      // The browser has opened what a button explains: pressed again, it would close. Its place is
      // not found yet.
      const explanation = button.popoverTargetElement;
      if (explanation === null) button.click();
      else if (explanation.matches(":popover-open")) {
        explanation.dispatchEvent(new ToggleEvent("toggle", { newState: "open" }));
      }
    })
  );
}
