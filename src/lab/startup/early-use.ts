/**
 * What a visitor does with the page that the build wrote before it can answer: done again once it
 * can.
 */

/**
 * A key, a button, a field: whatever else the browser does by itself, such as opening a list of
 * details.
 */
const kinds = ["keydown", "click", "change"] as const;

/**
 * Notes what is done within `root`, and keys anywhere.
 *
 * @returns what stops it and gives what does all of it again, in its order
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
