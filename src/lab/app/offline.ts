/** Keeps the page itself for visits without a network, and tells when a newer version of it is ready. */
import { Workbox } from "workbox-window";

export interface Updates {
  /** A newer version is fetched and waits for `apply`. */
  readonly ready: () => boolean;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  /** Opens the page anew in the newer version. */
  readonly apply: () => void;
}

/** Where there are no service workers, or no built page, nothing is kept and no version is newer. */
export function watchUpdates(window: Window, base: string): Updates {
  const listeners = new Set<() => void>();
  let waiting = false;
  let apply = (): void => undefined;
  if (import.meta.env.PROD && "serviceWorker" in window.navigator) {
    const workbox = new Workbox(new URL("sw.js", base).href);
    workbox.addEventListener("waiting", () => {
      waiting = true;
      for (const listener of listeners) listener();
    });
    apply = () => {
      workbox.addEventListener("controlling", () => {
        window.location.reload();
      });
      workbox.messageSkipWaiting();
    };
    // Without it the page works all the same, but not without a network.
    workbox.register().catch(() => undefined);
  }
  return {
    ready: () => waiting,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply: () => {
      apply();
    },
  };
}
