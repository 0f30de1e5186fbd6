/** The host's end of one worker: sends it tasks, one at a time, and receives its messages. */
import type { ClosedFormSums } from "../../core/similarity/sums";
import { LabError } from "../../core/errors";
import type { TaskCheckpoint, WorkerResult, WorkerTask } from "../kinds/registry";
import { fromWorkerSchema, type FromWorker, type SpawnWorker, type WorkerSetup } from "../messages";
import { readMessage } from "../read-message";

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

/** The worker is lost, as far as known through no fault of its task: another may resume it. */
export class WorkerLost extends Error {}

export function startWorker(spawn: SpawnWorker, setup: WorkerSetup): WorkerLink {
  const port = spawn();
  let receive: (message: FromWorker) => void = () => undefined;
  let breakOff: (error: unknown) => void = () => undefined;
  let lost: WorkerLost | undefined;
  /** @param error what its task fails with; without it the task can be resumed */
  const lose = (reason: string, error?: LabError): void => {
    if (lost) return;
    lost = new WorkerLost(reason);
    port.terminate();
    breakOff(error ?? lost);
  };
  port.onMessage((message) => {
    const read = readMessage(message, fromWorkerSchema, "a worker");
    // Another worker would send the same: its task has failed. This one still runs it.
    if (read instanceof LabError) lose(read.message, read);
    else if (read.type === "lost") lose(read.reason);
    else if (!lost) receive(read);
  });
  port.onBreak((reason) => lose(reason));

  /** Passes every message to `listen` until it settles the promise. */
  const converse = <T>(
    listen: (message: FromWorker, resolve: (value: T) => void) => void,
  ): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (lost) {
        reject(lost);
        return;
      }
      breakOff = reject;
      receive = (message) => {
        if (message.type === "failed") reject(new LabError(message.error));
        else listen(message, resolve);
      };
    });

  const ready = converse<string | null>((message, resolve) => {
    if (message.type === "ready") resolve(message.adapter);
  });
  port.post({ type: "setup", setup });

  return {
    ready,
    run(request, listener, paused) {
      const result = converse<WorkerResult>((message, resolve) => {
        switch (message.type) {
          case "progress":
            listener.progress(message.fraction, message.activity, message.tensorBytes);
            return;
          case "checkpoint":
            listener.checkpoint(message.checkpoint);
            return;
          case "paused":
            paused();
            return;
          case "result":
            resolve(message.result);
            return;
          case "ready":
          case "probed":
          case "validated":
          case "head-fitted":
          case "folded":
          case "passage":
          case "failed":
          case "lost":
            return;
          default:
            message satisfies never;
        }
      });
      if (!lost) port.post({ type: "run", ...request });
      return result;
    },
    setPaused(paused) {
      port.post({ type: paused ? "pause" : "resume" });
    },
    isLost: () => lost !== undefined,
    terminate() {
      lose("it was stopped");
    },
  };
}
