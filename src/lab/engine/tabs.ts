/** How the tabs of this browser keep out of each other's way: Web Locks and BroadcastChannel. */
import { nullChannel, type OpenTabChannel } from "../../engine/host/tabs/broadcast";
import { noLocks, type Locks } from "../../engine/host/locks";
import { settlesWithin } from "../../engine/settles-within";
import { lockManager } from "./worker-liveness";

export interface Tabs {
  readonly locks: Locks;
  readonly openLine: OpenTabChannel;
}

/** A browser that has not granted a free lock by then never will. */
const patienceMs = 5_000;

/**
 * Tests one lock and one channel. Where the browser lacks them, as on insecure pages, or refuses
 * them, as it does with site data blocked, each tab works alone. Never rejects.
 */
export async function browserTabs(): Promise<Tabs> {
  const locks = lockManager();
  return locks && canOpenLine() && (await grantsLocks(locks))
    ? { locks: webLocks(locks), openLine }
    : { locks: noLocks, openLine: nullChannel };
}

const prefix = "stitch-lab:";

async function grantsLocks(locks: LockManager): Promise<boolean> {
  try {
    // Shared: tabs that test at the same time do not wait for each other.
    const test = locks.request(`${prefix}test`, { mode: "shared" }, () => true);
    const tested = Promise.all([test, locks.query()]);
    return (await settlesWithin(tested, patienceMs)) && (await tested)[0];
  } catch {
    return false;
  }
}

function canOpenLine(): boolean {
  try {
    openLine("test").close();
    return true;
  } catch {
    return false;
  }
}

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
