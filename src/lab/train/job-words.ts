/** How far a training is, in words. */
import { percent, timeLeft } from "../format/numbers";
import type { TrainingJob } from "../session/trainings/training-job";

export function shareDone({ step, steps }: TrainingJob): number {
  return steps === 0 ? 0 : step / steps;
}

export function jobWords(job: TrainingJob): string {
  const { status, isElsewhere, step, remainingMs, losses, result } = job;
  const done = `${Math.floor(100 * shareDone(job))}%`;
  const loss = losses.at(-1);
  switch (status) {
    case "waiting":
      return "Waits for the training before it.";
    case "running":
      if (isElsewhere) return "Another tab is training it. This one waits for the network.";
      if (step === 0) return "Starting: images and workers…";
      return [
        done,
        remainingMs === null ? "estimating time left…" : timeLeft(remainingMs),
        ...(loss ? [`loss ${loss.loss.toFixed(2)}`] : []),
      ].join(" · ");
    case "paused":
      return `Paused at ${done}.`;
    case "stopping":
      return "Stopping: measures what there is…";
    case "left":
      return `Unfinished, ${done} done. It resumes from there.`;
    case "finished":
      return result ? `Test accuracy ${percent(1 - result.testError)}.` : "Done.";
    case "stopped":
      return `Stopped at ${done}. ${result ? `Test accuracy ${percent(1 - result.testError)}.` : ""}`;
    case "failed":
      return "Stopped by an error.";
    default:
      return status satisfies never;
  }
}
