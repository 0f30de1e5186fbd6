/**
 * Repeats what a visitor did before the page was hydrated. The script in the page's head
 * (scripts/build/first-script.mjs) records it, since this one may take long to arrive.
 */

import type { Dropped } from "../engine/own-images/given-images";

/** What the first script has recorded so far. */
interface Recording {
  readonly events: readonly EarlyEvent[];
  readonly stop: () => void;
}

interface EarlyEvent {
  readonly event: Event;
  /** How far the page was scrolled, in CSS pixels. */
  readonly left: number;
  readonly top: number;
}

declare global {
  interface Window {
    readonly earlyUse?: Recording;
    /** Files dropped so far, and the end of taking them. */
    readonly earlyDrops?: { readonly drops: Dropped[]; readonly stop: () => void };
  }
}

/** Whether the visitor has done anything yet. */
export function isUsedEarly(): boolean {
  return (window.earlyUse?.events.length ?? 0) + (window.earlyDrops?.drops.length ?? 0) > 0;
}

/** Stops recording. @returns a function that repeats everything within `root`, and keys, in order */
export function endEarlyUse(root: HTMLElement): () => void {
  const { earlyUse } = window;
  earlyUse?.stop();
  return () => {
    for (const early of earlyUse?.events ?? []) repeat(early, root);
  };
}

/** Leaves drops to the page from now on. */
export function endEarlyDrops(): void {
  window.earlyDrops?.stop();
}

/** Returns what was dropped before, once. */
export function takenEarlyDrops(): Dropped[] {
  return window.earlyDrops?.drops.splice(0) ?? [];
}

/** What the browser handles without a script, such as opening details, or says by a change. */
const handledByBrowser = "label, input, select, summary";

function repeat({ event, left, top }: EarlyEvent, root: HTMLElement): void {
  const target = event.target instanceof Element ? event.target : null;
  if (event instanceof KeyboardEvent) {
    (target ?? window).dispatchEvent(new KeyboardEvent(event.type, event));
  } else if (target === null || !root.contains(target)) return;
  else if (event.type === "change") repeatChange(target);
  else if (event instanceof MouseEvent) {
    const button = target.closest("button");
    const place = {
      bubbles: true,
      buttons: event.buttons,
      clientX: event.clientX + left - window.scrollX,
      clientY: event.clientY + top - window.scrollY,
    };
    if (event.type === "pointerdown") {
      target.dispatchEvent(new PointerEvent("pointerdown", place));
    } else if (button !== null) repeatPress(button);
    else if (target.closest(handledByBrowser) === null) {
      target.dispatchEvent(new MouseEvent("click", place));
    }
  }
}

function repeatPress(button: HTMLButtonElement): void {
  // The browser has opened what a button explains: pressed again, it would close. Its place is not
  // found yet.
  const explanation = button.popoverTargetElement;
  if (explanation === null) button.click();
  else if (explanation.matches(":popover-open")) {
    explanation.dispatchEvent(new ToggleEvent("toggle", { newState: "open" }));
  }
}

function repeatChange(target: Element): void {
  if (!(target instanceof HTMLInputElement)) {
    target.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (target.checked || target.type === "checkbox") {
    // React takes what it finds for known, and a press for a change only if something differs.
    target.checked = !target.checked;
    target.click();
  }
}
