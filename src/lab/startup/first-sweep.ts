/**
 * On a first visit the cursor of the picture glides once through all layers, which shows that it can
 * be moved. It is drawn elsewhere meanwhile, not moved: the layer in view and its words stay.
 */
import { whenIdle, whenTouched } from "./idle";

const key = "stitch-lab-visited";
const durationMs = 2000;

/** Does nothing on a later visit, or for a visitor who wants no motion or has begun to use the page. */
export async function sweepOnFirstVisit(root: HTMLElement, used: boolean): Promise<void> {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!isFirstVisit() || calm || used) return;
  const touched = Promise.race([whenTouched(), whenScrolled()]).then(() => "touched" as const);
  if ((await Promise.race([touched, whenIdle()])) === "touched") return;
  const cursor = root.querySelector(".picture-cursor span");
  const sweep = cursor instanceof HTMLElement ? sweepOf(cursor) : null;
  void touched.then(() => sweep?.cancel());
}

/** From where the cursor is to the first layer, to the last one, and back. */
function sweepOf(cursor: HTMLElement): Animation {
  const { offsetLeft, offsetWidth } = cursor;
  const width = cursor.parentElement?.clientWidth ?? 0;
  const at = (centre: number): string => `translateX(calc(-50% + ${centre - offsetLeft}px))`;
  return cursor.animate(
    [
      { transform: at(offsetLeft), offset: 0 },
      { transform: at(offsetWidth / 2), offset: 0.2 },
      { transform: at(width - offsetWidth / 2), offset: 0.75 },
      { transform: at(offsetLeft), offset: 1 },
    ].map((frame) => ({ ...frame, easing: "ease-in-out" })),
    durationMs,
  );
}

/** Remembers this visit. */
function isFirstVisit(): boolean {
  try {
    const first = window.localStorage.getItem(key) === null;
    window.localStorage.setItem(key, "yes");
    return first;
  } catch {
    // Where the browser refuses, every visit would be the first.
    return false;
  }
}

function whenScrolled(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener("scroll", () => resolve(), { once: true, capture: true });
  });
}
