/** A pool of workers that run tasks, each worker one task at a time. */
import type { ClosedFormSums } from "../../core/closed-form/sums";
import { LabError } from "../../core/errors";
import type { Task } from "../../experiment/task";
import { fromWorkerSchema, type FromWorker, type SpawnWorker, type WorkerSetup } from "../messages";
import type { TaskResult } from "../result";

/** A task with what it needs from tasks before it. */
export interface Order {
  readonly task: Task;
  readonly sums: readonly ClosedFormSums[];
}

export interface OrderListener {
  progress(fraction: number, activity: string): void;
  /** The least-squares stitch has been scored. */
  leastSquares(wrong: Uint8Array): void;
}

export interface Pool {
  /** The graphics adapter's name; null on a CPU, or before any worker is ready. */
  adapter(): string | null;
  /** Runs when a worker is free. @throws LabError as the task does, or `backend` when the worker breaks */
  run(order: Order, listener: OrderListener): Promise<TaskResult>;
  /** Stops every worker at once; orders not finished are never answered. */
  close(): void;
}

type Receive = (message: FromWorker) => void;

interface PoolWorker {
  readonly ready: Promise<string | null>;
  run(order: Order, listener: OrderListener): Promise<TaskResult>;
  terminate(): void;
}

/**
 * @param size most workers at a time; they are started as orders come
 */
export function createPool(spawn: SpawnWorker, setup: WorkerSetup, size: number): Pool {
  const workers: PoolWorker[] = [];
  const idle: PoolWorker[] = [];
  const waiting: ((worker: PoolWorker) => void)[] = [];
  let adapter: string | null = null;

  async function freeWorker(): Promise<PoolWorker> {
    const free = idle.pop();
    if (free) return free;
    if (workers.length < size) {
      const worker = startWorker(spawn, setup);
      workers.push(worker);
      adapter = (await worker.ready) ?? adapter;
      return worker;
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  return {
    adapter: () => adapter,
    async run(order, listener) {
      const worker = await freeWorker();
      try {
        return await worker.run(order, listener);
      } finally {
        const next = waiting.shift();
        if (next) next(worker);
        else idle.push(worker);
      }
    },
    close() {
      for (const worker of workers) worker.terminate();
    },
  };
}

function startWorker(spawn: SpawnWorker, setup: WorkerSetup): PoolWorker {
  const port = spawn();
  let receive: Receive = () => undefined;
  let breakOff: (error: unknown) => void = () => undefined;
  port.onMessage((message) => {
    receive(fromWorkerSchema.parse(message));
  });
  port.onBreak((reason) => {
    breakOff(
      new LabError({
        code: "backend",
        input: "worker",
        expected: "a worker that runs until it is stopped",
        found: reason,
      }),
    );
  });

  /** Hands every message to `listen` until it settles the promise. */
  const converse = <T>(
    listen: (message: FromWorker, resolve: (value: T) => void) => void,
  ): Promise<T> =>
    new Promise<T>((resolve, reject) => {
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
    run(order, listener) {
      const result = converse<TaskResult>((message, resolve) => {
        if (message.type === "progress") listener.progress(message.fraction, message.activity);
        else if (message.type === "least-squares") listener.leastSquares(message.wrong);
        else if (message.type === "result") resolve(message.result);
      });
      port.post({ type: "run", ...order });
      return result;
    },
    terminate: () => {
      port.terminate();
    },
  };
}
