/** The host's end of one worker: asks it one thing after another. */
import { LabError } from "../core/errors";
import { fromWorkerSchema, type FromWorker, type SpawnWorker, type ToWorker } from "./messages";
import { readMessage } from "./read-message";

/** The worker is lost, as far as known through no fault of what it was asked: another may be. */
export class WorkerLost extends Error {}

export interface Conversation {
  /**
   * Passes everything that the worker says to `answerOf` until that returns an answer.
   *
   * @throws WorkerLost, or LabError as the worker does, or `unexpected` for a message that does not
   *   fit, with which the worker is lost
   */
  ask<Answer>(
    messages: readonly ToWorker[],
    answerOf: (message: FromWorker) => Answer | undefined,
  ): Promise<Answer>;
  /** Says something that has no answer. */
  post(message: ToWorker): void;
  /** Whether the worker is lost: it answers no more. */
  isLost(): boolean;
  /** What it was asked fails. @param error `WorkerLost` by default */
  end(error?: LabError): void;
}

export function openConversation(spawn: SpawnWorker): Conversation {
  const port = spawn();
  let receive: (message: FromWorker) => void = () => undefined;
  let breakOff: (error: unknown) => void = () => undefined;
  let lost: WorkerLost | undefined;
  /** @param error what it was asked fails with; without it another worker may be asked */
  const lose = (reason: string, error?: LabError): void => {
    if (lost) return;
    lost = new WorkerLost(reason);
    port.terminate();
    breakOff(error ?? lost);
  };
  port.onMessage((message) => {
    const read = readMessage(message, fromWorkerSchema, "a worker");
    // Another worker would send the same.
    if (read instanceof LabError) lose(read.message, read);
    else if (read.type === "lost") lose(read.reason);
    else if (!lost) receive(read);
  });
  port.onBreak((reason) => lose(reason));

  return {
    ask: (messages, answerOf) =>
      new Promise((resolve, reject) => {
        if (lost) {
          reject(lost);
          return;
        }
        breakOff = reject;
        receive = (message) => {
          if (message.type === "failed") reject(new LabError(message.error));
          else {
            const answer = answerOf(message);
            if (answer !== undefined) resolve(answer);
          }
        };
        for (const message of messages) port.post(message);
      }),
    post: (message) => port.post(message),
    isLost: () => lost !== undefined,
    end: (error) => lose("it was stopped", error),
  };
}
