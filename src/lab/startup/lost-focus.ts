/**
 * Where the element that had the focus is taken off the page, as Run is when Pause takes its place,
 * a browser leaves the focus nowhere, and whoever uses the keyboard begins again at the top. Here
 * what stands in its place gets it.
 */

const focusable =
  ":is(button, input, select, textarea, summary, a[href], [tabindex='0']):not(:disabled, [inert] *)";

/** An element around the one that had the focus, and which of its children that was in. */
interface Place {
  readonly around: Element;
  readonly index: number;
}

/** @returns what ends it */
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
  // Whoever presses elsewhere wants the focus nowhere.
  document.addEventListener("pointerdown", () => (focused = null), { signal, capture: true });
  const observer = new MutationObserver(() => {
    if (focused === null || focused.isConnected || document.activeElement !== document.body) return;
    focused = null;
    const successor = successorOf(places);
    successor?.focus();
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    listening.abort();
  };
}

/** From the innermost. */
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
 * In the innermost element that is still there: what stands at the place, else after it, else
 * before it.
 */
function successorOf(places: readonly Place[]): HTMLElement | null {
  for (const { around, index } of places) {
    if (!around.isConnected) continue;
    const children = [...around.children];
    for (const child of [...children.slice(index), ...children.slice(0, index).reverse()]) {
      const found = child.matches(focusable) ? child : child.querySelector(focusable);
      if (found instanceof HTMLElement && found.checkVisibility()) return found;
    }
  }
  return null;
}
