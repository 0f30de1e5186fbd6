/** The progress of a training on standard error: a line for each epoch, and the step where it is a terminal. */
import type { NetworkTrainingEvent } from "../engine/host/training/train-network";

/** @param epochs of the training */
export function trainingProgress(
  epochs: number,
  stream: NodeJS.WriteStream,
): { show: (event: NetworkTrainingEvent) => void; end: () => void } {
  const start = stream.isTTY ? "\r\u001b[K" : "";
  const losses: number[] = [];
  return {
    show(event) {
      if (event.type === "step") {
        losses.push(event.loss);
        const { step, steps, loss } = event;
        if (stream.isTTY) {
          stream.write(`${start}step ${step}/${steps}, loss ${loss.toFixed(3)}`);
        }
      } else if (event.type === "epoch") {
        const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
        losses.length = 0;
        stream.write(
          `${start}epoch ${event.epoch}/${epochs}: loss ${mean.toFixed(3)}, test error ${percent(event.testError)} on ${event.testImages} images\n`,
        );
      }
    },
    end() {
      stream.write(start);
    },
  };
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
