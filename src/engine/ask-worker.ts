/** Asks a new worker for one thing, and stops it after its answer. */
import { LabError } from "../core/errors";
import { fromWorkerSchema, type FromWorker, type SpawnWorker, type ToWorker } from "./messages";
import { cancelled } from "../experiment/events";
import { readMessage } from "./read-message";

interface Question<Answer> {
  readonly messages: readonly ToWorker[];
  /** The answer that a message carries; undefined for messages that carry none. */
  readonly answerOf: (message: FromWorker) => Answer | undefined;
  /** How errors name what is asked about, and the worker. */
  readonly input: string;
  readonly expected: string;
  /** Absent for no limit. */
  readonly patienceMs?: number;
  /** Aborting it stops the worker. */
  readonly signal?: AbortSignal;
}

/**
 * @throws LabError as the worker does; `backend` when the worker is gone, or does not answer in
 *   time; `unexpected` when its answer is no message; `cancelled` once `signal` aborts
 */
export function askWorker<Answer>(
  spawn: SpawnWorker,
  { messages, answerOf, input, expected, patienceMs, signal }: Question<Answer>,
): Promise<Answer> {
  const port = spawn();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<Answer>((resolve, reject) => {
    const giveUp = (found: string): void =>
      reject(new LabError({ code: "backend", input, expected, found }));
    if (patienceMs !== undefined) {
      timer = setTimeout(() => giveUp(`no answer within ${patienceMs / 1000} seconds`), patienceMs);
    }
    port.onMessage((received) => {
      const message = readMessage(received, fromWorkerSchema, "a worker");
      if (message instanceof LabError) {
        reject(message);
        return;
      }
      if (message.type === "failed") reject(new LabError(message.error));
      if (message.type === "lost") giveUp(message.reason);
      const answer = answerOf(message);
      if (answer !== undefined) resolve(answer);
    });
    port.onBreak(giveUp);
    signal?.addEventListener("abort", () => reject(cancelled()), { once: true });
    for (const message of messages) port.post(message);
  }).finally(() => {
    clearTimeout(timer);
    port.terminate();
  });
}
