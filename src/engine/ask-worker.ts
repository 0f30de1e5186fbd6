/** Asks a new worker for one thing, and stops it after its answer. */
import { LabError } from "../core/errors";
import { cancelled } from "../experiment/events";
import { openConversation, WorkerLost } from "./conversation";
import type { FromWorker, SpawnWorker, ToWorker } from "./messages";

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
export async function askWorker<Answer>(
  spawn: SpawnWorker,
  { messages, answerOf, input, expected, patienceMs, signal }: Question<Answer>,
): Promise<Answer> {
  const gone = (found: string): LabError =>
    new LabError({ code: "backend", input, expected, found });
  const worker = openConversation(spawn);
  const stop = (): void => worker.end(cancelled());
  signal?.addEventListener("abort", stop);
  const timer =
    patienceMs === undefined
      ? undefined
      : setTimeout(
          () => worker.end(gone(`no answer within ${patienceMs / 1000} seconds`)),
          patienceMs,
        );
  try {
    return await worker.ask(messages, answerOf);
  } catch (thrown) {
    throw thrown instanceof WorkerLost ? gone(thrown.message) : thrown;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    worker.end();
  }
}
