/**
 * A browser without a browser: tabs that share a store, locks and lines, and that can be killed.
 */
import type { OpenTabChannel } from "../../../../src/engine/host/tabs/broadcast";
import type { CheckpointStore } from "../../../../src/engine/host/checkpoint-store";
import type { Locks } from "../../../../src/engine/host/locks";
import type { ResultStore } from "../../../../src/engine/host/result-store";
import { runExperiment, type RunDeps } from "../../../../src/engine/host/run";
import { cancelReason } from "../../../../src/engine/host/tabs/tab-lock";
import { sharedRun, type SharedEvent } from "../../../../src/engine/host/tabs/shared-run";
import { createPauseSignal, type PauseSignal } from "../../../../src/engine/pause-signal";
import type { WorkerTask } from "../../../../src/engine/kinds/registry";
import type { Report } from "../../../../src/experiment/report";
import type { Spec } from "../../../../src/experiment/spec";
import { standInWorker, type StandInWorker } from "./fake-worker";

/** Never settles, like the calls of a dead tab. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export interface Tab {
  readonly pause: PauseSignal;
  readonly workers: StandInWorker[];
  readonly said: SharedEvent["type"][];
  readonly report: Promise<Report>;
  /** As a visitor does who presses Cancel: `report` rejects, and the tab lives on. */
  readonly cancel: () => void;
  /** As a closed tab, a crash or a reload does: all at once, without a word. */
  readonly kill: () => void;
  readonly alive: () => boolean;
}

export interface Browser {
  openTab(): Tab;
  /** How often each task's result was put into the store. */
  readonly puts: ReadonlyMap<string, number>;
  /** Tasks begun from nothing. */
  readonly begun: WorkerTask[];
}

interface Options {
  /** The disk is full: checkpoints are not kept. */
  readonly forgetsCheckpoints: boolean;
}

export function standInBrowser(
  spec: Spec,
  common: Pick<RunDeps, "models" | "data" | "dataFolder" | "backend">,
  { forgetsCheckpoints }: Options,
): Browser {
  const results = new Map<string, unknown>();
  const checkpoints = new Map<string, unknown>();
  const puts = new Map<string, number>();
  const begun: WorkerTask[] = [];
  const lockQueue = createLockQueue();
  const ears = new Set<{ readonly name: string; hear: (message: unknown) => void }>();

  function openTab(): Tab {
    let alive = true;
    const pause = createPauseSignal();
    const workers: StandInWorker[] = [];
    const said: SharedEvent["type"][] = [];
    const held = new Set<() => void>();
    const living = async <T>(value: T): Promise<T> => {
      await Promise.resolve();
      return alive ? value : never<T>();
    };
    const store: ResultStore = {
      get: (key) => living(structuredClone(results.get(key))),
      put(key, result) {
        if (!alive) return never();
        puts.set(key, (puts.get(key) ?? 0) + 1);
        results.set(key, structuredClone(result));
        return living(undefined);
      },
      delete(key) {
        if (!alive) return never();
        results.delete(key);
        return living(undefined);
      },
    };
    const kept: CheckpointStore = {
      get: (key) => living(structuredClone(checkpoints.get(key))),
      put(key, checkpoint) {
        if (!alive) return never();
        if (!forgetsCheckpoints) checkpoints.set(key, structuredClone(checkpoint));
        return living(undefined);
      },
      delete(key) {
        if (!alive) return never();
        checkpoints.delete(key);
        return living(undefined);
      },
    };
    const locks: Locks = {
      async exclusive(name, signal, work) {
        const release = await lockQueue.acquire(name, signal, () => alive);
        if (!alive) {
          release();
          return never();
        }
        held.add(release);
        try {
          return await work();
        } finally {
          held.delete(release);
          release();
        }
      },
      async ifFree(name, work) {
        if (!alive) return never();
        if (lockQueue.isHeld(name)) return undefined;
        return { value: await locks.exclusive(name, new AbortController().signal, work) };
      },
      isHeld: (name) => Promise.resolve(lockQueue.isHeld(name)),
    };
    const openLine: OpenTabChannel = (name) => {
      const ear: { name: string; hear: (message: unknown) => void } = {
        name,
        hear: () => undefined,
      };
      ears.add(ear);
      return {
        post(message) {
          if (!alive) return;
          const copy = structuredClone(message);
          for (const other of [...ears]) {
            if (other !== ear && other.name === name) {
              queueMicrotask(() => {
                if (ears.has(other)) other.hear(copy);
              });
            }
          }
        },
        onMessage(receive) {
          ear.hear = (message) => {
            if (alive) receive(message);
          };
        },
        close() {
          ears.delete(ear);
        },
      };
    };
    const spawn = (): StandInWorker => {
      const worker = standInWorker((task) => begun.push(task));
      workers.push(worker);
      return worker;
    };
    const assets = { read: () => living(new Uint8Array()) };
    const base = { ...common, store, checkpoints: kept, assets, spawn, locks, pause, workers: 2 };
    const deps = { ...base, nowMs: () => 0 };
    const cancelling = new AbortController();
    const { signal } = cancelling;
    async function run(): Promise<Report> {
      const run = (stop: AbortSignal) => runExperiment(spec, { ...deps, signal: stop });
      for await (const event of sharedRun({ key: "e", locks, openLine, pause, signal, run })) {
        said.push(event.type);
        if (event.type === "finished" && alive) return event.report;
      }
      return never();
    }
    return {
      pause,
      workers,
      said,
      report: run(),
      alive: () => alive,
      cancel() {
        cancelling.abort(cancelReason);
      },
      kill() {
        alive = false;
        for (const worker of workers) worker.terminate();
        for (const release of held) release();
      },
    };
  }

  return { openTab, puts, begun };
}

interface LockQueue {
  /** @returns what lets it go, which may be called twice */
  acquire(name: string, signal: AbortSignal, wanted: () => boolean): Promise<() => void>;
  isHeld(name: string): boolean;
}

function createLockQueue(): LockQueue {
  const holders = new Map<string, symbol>();
  const waiting: { readonly name: string; readonly take: () => boolean }[] = [];
  const next = (name: string): void => {
    for (;;) {
      const index = waiting.findIndex((other) => other.name === name);
      if (index < 0) return;
      const [first] = waiting.splice(index, 1);
      if (first?.take()) return;
    }
  };
  return {
    isHeld: (name) => holders.has(name),
    acquire: (name, signal, wanted) =>
      new Promise((resolve, reject) => {
        const refuse = (): void => reject(new Error("no longer wanted"));
        const take = (): boolean => {
          if (!wanted() || signal.aborted) return false;
          signal.removeEventListener("abort", refuse);
          const mine = Symbol();
          holders.set(name, mine);
          resolve(() => {
            if (holders.get(name) !== mine) return;
            holders.delete(name);
            next(name);
          });
          return true;
        };
        signal.addEventListener("abort", refuse);
        if (holders.has(name)) waiting.push({ name, take });
        else take();
      }),
  };
}
