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
  const workbox = import.meta.env.PROD ? openWorkbox(window, base) : undefined;
  if (workbox) {
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

/** undefined where the browser has no service workers, or refuses them. */
function openWorkbox(window: Window, base: string): Workbox | undefined {
  try {
    if (!("serviceWorker" in window.navigator)) return undefined;
    return new Workbox(new URL("sw.js", base).href);
  } catch {
    return undefined;
  }
}
