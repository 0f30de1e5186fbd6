/** What the page notes about itself while it is measured. */

interface Input {
  /** From the input until its first handler ran. */
  readonly delayMs: number;
  /** From the input until the frame after it was handed over. */
  readonly paintedMs: number;
}

export interface Marks {
  /** When Run was pressed, in ms since the navigation began; null before. */
  runAtMs: number | null;
  /** When the first point of a chart was painted, likewise. */
  firstPointAtMs: number | null;
  inputs: Input[];
}

declare global {
  interface Window {
    marks: Marks;
  }
}

/**
 * Runs in the page before its own scripts. Its functions have no names: the compiler's calls that
 * keep names would reach for something that the page does not have.
 */
export function installMarks(): void {
  window.marks = { runAtMs: null, firstPointAtMs: null, inputs: [] };
  window.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element && event.target.closest("button");
      if (button && button.textContent.startsWith("Run")) window.marks.runAtMs = event.timeStamp;
    },
    { capture: true },
  );
  window.addEventListener(
    "pointerdown",
    ({ timeStamp }) => {
      const delayMs = performance.now() - timeStamp;
      // A message sent from a frame's callback comes once the frame is on its way to the screen.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          window.marks.inputs.push({ delayMs, paintedMs: performance.now() - timeStamp });
          port1.close();
        };
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
  new MutationObserver((_, observer) => {
    // Until the page is drawn for its address, it is the opening figure that the build has written.
    if (document.documentElement.classList.contains("addressed")) return;
    if (document.querySelector(".picture .plot-dots:not([d=''])") === null) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      window.marks.firstPointAtMs = performance.now();
    });
  }).observe(document, { childList: true, subtree: true });
}
