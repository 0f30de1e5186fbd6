/** How the tabs of this browser keep out of each other's way: Web Locks and BroadcastChannel. */
import { nullChannel, type OpenTabChannel } from "../../engine/host/tabs/broadcast";
import { noLocks, type Locks } from "../../engine/host/locks";

export interface Tabs {
  readonly locks: Locks;
  readonly openLine: OpenTabChannel;
}

/** Where the browser has no locks, as on insecure pages, each tab works alone. */
export function browserTabs(): Tabs {
  const { locks } = navigator as Partial<Navigator>;
  return locks && "BroadcastChannel" in globalThis
    ? { locks: webLocks(locks), openLine }
    : { locks: noLocks, openLine: nullChannel };
}

const prefix = "stitch-lab:";

function webLocks(locks: LockManager): Locks {
  return {
    exclusive: (name, signal, work) => locks.request(prefix + name, { signal }, work),
    ifFree: (name, work) =>
      locks.request(prefix + name, { ifAvailable: true }, async (lock) =>
        lock === null ? undefined : { value: await work() },
      ),
    async isHeld(name) {
      const { held } = await locks.query();
      return held?.some((lock) => lock.name === prefix + name) ?? false;
    },
  };
}

const openLine: OpenTabChannel = (name) => {
  const line = new BroadcastChannel(prefix + name);
  return {
    post(message) {
      line.postMessage(message);
    },
    onMessage(receive) {
      line.onmessage = (event: MessageEvent<unknown>) => receive(event.data);
    },
    close() {
      line.close();
    },
  };
};
