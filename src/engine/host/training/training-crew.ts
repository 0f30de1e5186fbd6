/** Workers that all know one training; one that is lost is replaced, and asked again. */
import { LabError } from "../../../core/errors";
import type { InitialWeights } from "../../../core/training/part-gradients";
import { openConversation, WorkerLost, type Conversation } from "../../conversation";
import type { FromWorker, SpawnWorker, ToWorker } from "../../messages";
import type { NetworkTrainingSetup } from "../../network-training";

/** Workers that may be lost one after another, without an answer in between. */
const mostLosses = 3;

type AnswerOf<Answer> = (message: FromWorker) => Answer | undefined;

export interface TrainingCrew {
  /** @returns what training starts from */
  started(): Promise<InitialWeights>;
  /** Asks `count` questions, each of whichever worker is free. @returns the answers in order */
  all<Answer>(
    count: number,
    questionOf: (index: number) => ToWorker,
    answerOf: AnswerOf<Answer>,
  ): Promise<Answer[]>;
  /** Stops all. @param error what is under way fails with */
  end(error?: LabError): void;
}

/** @param count at least 1 */
export function openCrew(
  count: number,
  spawn: SpawnWorker,
  setup: NetworkTrainingSetup,
): TrainingCrew {
  const seats = Array.from({ length: count }, () => openSeat(spawn, setup));
  return {
    started: () => {
      const [first] = seats;
      if (!first) throw new RangeError("workers: expected at least one, found none");
      return first.started();
    },
    async all<Answer>(
      questions: number,
      questionOf: (index: number) => ToWorker,
      answerOf: AnswerOf<Answer>,
    ) {
      const answers: Answer[] = [];
      let next = 0;
      await Promise.all(
        seats.map(async (seat) => {
          for (let index = next++; index < questions; index = next++) {
            answers[index] = await seat.ask(questionOf(index), answerOf);
          }
        }),
      );
      return answers;
    },
    end(error) {
      for (const seat of seats) seat.end(error);
    },
  };
}

/** A place for a worker. */
interface Seat {
  started(): Promise<InitialWeights>;
  ask<Answer>(question: ToWorker, answerOf: AnswerOf<Answer>): Promise<Answer>;
  end(error?: LabError): void;
}

function openSeat(spawn: SpawnWorker, setup: NetworkTrainingSetup): Seat {
  let worker = begin();
  let losses = 0;
  let ended = false;

  function begin(): { readonly line: Conversation; readonly started: Promise<InitialWeights> } {
    const line = openConversation(spawn);
    const started = line.ask([{ type: "train", training: setup }], (message) =>
      message.type === "training" ? message.started : undefined,
    );
    // The next question reports the failure.
    started.catch(() => undefined);
    return { line, started };
  }

  /** Does again with another worker what one was lost at. */
  async function withWorker<T>(use: (present: typeof worker) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        await worker.started;
        const result = await use(worker);
        losses = 0;
        return result;
      } catch (thrown) {
        if (!(thrown instanceof WorkerLost) || ended) throw thrown;
        if (++losses >= mostLosses) {
          throw new LabError({
            code: "backend",
            input: "training",
            expected: "a worker that computes gradients",
            found: `${losses} lost in a row (${thrown.message})`,
          });
        }
        worker = begin();
      }
    }
  }

  return {
    started: () => withWorker(({ started }) => started),
    ask: (question, answerOf) => withWorker(({ line }) => line.ask([question], answerOf)),
    end(error) {
      ended = true;
      worker.line.end(error);
    },
  };
}
