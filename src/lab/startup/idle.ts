/** Work that can wait until the page has drawn what it opened with. */

/** The longest wait on a page that is never idle. */
const latestMs = 2000;

/** Resolves once the page has loaded and has nothing else to do. */
export async function whenIdle(): Promise<void> {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
  }
  await new Promise<void>((resolve) => {
    // Safari lacks requestIdleCallback.
    if (!("requestIdleCallback" in window)) setTimeout(resolve, latestMs / 4);
    else {
      window.requestIdleCallback(() => resolve(), { timeout: latestMs });
    }
  });
}

/** A visitor who has not touched the page by then is reading, and background work disturbs nobody. */
const untouchedMs = 4000;
const signsOfPresence = [
  "pointermove",
  "pointerdown",
  "keydown",
  // Without a pointer, as a screen reader presses.
  "click",
  "wheel",
  "focusin",
  "dragenter",
  // Another address was typed, or the way back taken.
  "hashchange",
] as const;

/**
 * Resolves when the page is idle and somebody has begun to use it, or a while later if nobody does;
 * at once when that has been. Signs of use before the page is idle count.
 */
export function whenUsed(): Promise<void> {
  return (used ??= idleAndUsed());
}

/** Shared by all callers, since the page is opened once. */
let used: Promise<void> | null = null;

async function idleAndUsed(): Promise<void> {
  const touched = whenTouched();
  await whenIdle();
  await Promise.race([touched, new Promise((resolve) => setTimeout(resolve, untouchedMs))]);
}

/** Resolves when somebody begins to use the page, however busy it is. */
export function whenTouched(): Promise<void> {
  return (touched ??= firstUse());
}

let touched: Promise<void> | null = null;

function firstUse(): Promise<void> {
  return new Promise((resolve) => {
    const seen = (): void => {
      for (const sign of signsOfPresence) window.removeEventListener(sign, seen);
      resolve();
    };
    for (const sign of signsOfPresence) window.addEventListener(sign, seen);
  });
}
