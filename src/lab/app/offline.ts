/** Keeps the page itself for visits without a network, and says when a newer version is ready. */
import { Workbox } from "workbox-window";
import { createStore } from "../session/store";
import type { Updates } from "../view/services";

/**
 * Where there are no service workers, or no built page, nothing is kept and no version is newer.
 */
export function watchUpdates(window: Window, base: string): Updates {
  const waiting = createStore(false);
  let apply = (): void => undefined;
  if (import.meta.env.PROD && "serviceWorker" in window.navigator) {
    const workbox = new Workbox(new URL("sw.js", base).href);
    workbox.addEventListener("waiting", () => waiting.set(true));
    apply = () => {
      workbox.addEventListener("controlling", () => window.location.reload());
      workbox.messageSkipWaiting();
    };
    // Without it the page works all the same, but not without a network.
    workbox.register().catch(() => undefined);
  }
  return {
    ready: waiting.getSnapshot,
    subscribe: waiting.subscribe,
    apply: () => apply(),
  };
}
