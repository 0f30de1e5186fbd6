/** The host's end of one worker: sends it tasks, one at a time, and receives its messages. */
import type { ClosedFormSums } from "../../core/similarity/sums";
import type { TaskCheckpoint, WorkerResult, WorkerTask } from "../kinds/registry";
import { openConversation } from "../conversation";
import type { SpawnWorker, WorkerSetup } from "../messages";

/** A task with what it needs from tasks before it, and where it stopped. */
export interface TaskRequest {
  readonly task: WorkerTask;
  readonly sums: readonly ClosedFormSums[];
  readonly from: TaskCheckpoint | undefined;
}

export interface TaskListener {
  /** @param tensorBytes memory of the worker's tensors */
  progress(fraction: number, activity: string, tensorBytes: number): void;
  /** The task can be resumed from here. */
  checkpoint(checkpoint: TaskCheckpoint): void;
}

export interface WorkerLink {
  /**
   * The graphics adapter's name; null on a CPU.
   *
   * @throws WorkerLost, or LabError when it cannot start
   */
  readonly ready: Promise<string | null>;
  /**
   * @param paused called when the worker has paused
   * @throws WorkerLost, or LabError as the task does, or `unexpected` for a message that does not
   *   fit, with which the worker is lost
   */
  run(request: TaskRequest, listener: TaskListener, paused: () => void): Promise<WorkerResult>;
  setPaused(paused: boolean): void;
  /** Whether it is lost: it runs no other task. */
  isLost(): boolean;
  /** Its task, if it has one, is lost with it. */
  terminate(): void;
}

export function startWorker(spawn: SpawnWorker, setup: WorkerSetup): WorkerLink {
  const worker = openConversation(spawn);
  const ready = worker.ask([{ type: "setup", setup }], (message) =>
    message.type === "ready" ? { adapter: message.adapter } : undefined,
  );
  return {
    ready: ready.then(({ adapter }) => adapter),
    run: (request, listener, paused) =>
      worker.ask([{ type: "run", ...request }], (message) => {
        if (message.type === "result") return message.result;
        if (message.type === "progress") {
          listener.progress(message.fraction, message.activity, message.tensorBytes);
        } else if (message.type === "checkpoint") listener.checkpoint(message.checkpoint);
        else if (message.type === "paused") paused();
        return undefined;
      }),
    setPaused: (paused) => worker.post({ type: paused ? "pause" : "resume" }),
    isLost: () => worker.isLost(),
    terminate: () => worker.end(),
  };
}
