/** What an experiment needs in Node: threads, files on disk, and memory that lasts as long as the process. */
import { performance } from "node:perf_hooks";
import { createPauseSignal } from "../engine/pause-signal";
import { noLocks } from "../engine/host/locks";
import type { RunDeps } from "../engine/host/run";
import { fileAssets } from "./file-assets";
import { memoryCheckpoints, memoryStore } from "./memory-store";
import { spawnThread } from "./spawn-thread";

/** Everything but which experiment, and on what. Made anew, so that nothing is found in a store. */
export function nodeDeps(): Omit<
  RunDeps,
  "models" | "data" | "dataFolder" | "backend" | "workers" | "signal"
> {
  return {
    store: memoryStore(),
    checkpoints: memoryCheckpoints(),
    locks: noLocks,
    pause: createPauseSignal(),
    assets: fileAssets(),
    spawn: spawnThread,
    nowMs: () => performance.now(),
  };
}
