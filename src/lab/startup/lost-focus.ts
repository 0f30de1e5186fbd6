/**
 * Keeps the focus when the focused element is removed, as Run is when Pause replaces it. The browser
 * would drop the focus, and keyboard users would start again at the top; here the element that took
 * its place gets it. A form field gets it only where a field was: it would keep all letters to
 * itself, so that shortcuts would be dead.
 */

const fields = "input, select, textarea";
const focusable = `:is(button, ${fields}, summary, a[href], [tabindex='0']):not(:disabled, [inert] *)`;
/** Its explanation would open, and nobody has asked for it. */
const term = ".term";
const notFields = `${focusable}:not(${fields}, ${term})`;

/** An ancestor of the focused element, and the index of its child that contains the element. */
interface Place {
  readonly around: Element;
  readonly index: number;
}

/** @returns stops it */
export function keepFocus(root: HTMLElement): () => void {
  let focused: Element | null = null;
  let places: readonly Place[] = [];
  const listening = new AbortController();
  const { signal } = listening;
  document.addEventListener(
    "focusin",
    ({ target }) => {
      focused = target instanceof Element && root.contains(target) ? target : null;
      places = focused === null ? [] : placesOf(focused, root);
    },
    { signal },
  );
  // A press elsewhere drops the focus on purpose.
  document.addEventListener("pointerdown", () => (focused = null), { signal, capture: true });
  const observer = new MutationObserver(() => {
    if (focused === null || focused.isConnected || document.activeElement !== document.body) return;
    // What only a script can focus, such as a sentence that was read out, has no successor.
    const isControl = focused.matches(focusable);
    const wanted = focused.matches(fields) ? `${focusable}:not(${term})` : notFields;
    focused = null;
    if (isControl) successorOf(places, wanted)?.focus();
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    listening.abort();
  };
}

/** Returns the places of an element within `root`, innermost first. */
function placesOf(element: Element, root: Element): readonly Place[] {
  const places: Place[] = [];
  for (let inner = element; inner !== root;) {
    const around = inner.parentElement;
    if (around === null) break;
    places.push({ around, index: [...around.children].indexOf(inner) });
    inner = around;
  }
  return places;
}

/**
 * Returns the focusable element at the same place of the innermost ancestor that remains, or else the
 * next one after it, or before it.
 *
 * @param wanted a selector of what may have the focus
 */
function successorOf(places: readonly Place[], wanted: string): HTMLElement | null {
  for (const { around, index } of places) {
    if (!around.isConnected) continue;
    const children = [...around.children];
    for (const child of [...children.slice(index), ...children.slice(0, index).reverse()]) {
      const found = [child, ...child.querySelectorAll(wanted)].find(
        (element) =>
          element instanceof HTMLElement && element.matches(wanted) && element.checkVisibility(),
      );
      if (found instanceof HTMLElement) return found;
    }
  }
  return null;
}
