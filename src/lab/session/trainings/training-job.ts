/** One training on the page as plain data, and how events change it. */
import type { LabErrorData } from "../../../core/errors";
import type { ScoredPart } from "../../../engine/network-training";
import { userModelRef } from "../../../engine/user-model";
import type { TrainingSpec } from "../../../experiment/training/spec";
import type { PageTrainingEvent } from "../../engine/engine-types";

export interface LossMean {
  /** Steps taken at the end of the part of the training that the loss is the mean of. */
  readonly step: number;
  /** In nats. */
  readonly loss: number;
}

export interface EpochScore {
  readonly epoch: number;
  /** Fraction of test images. */
  readonly testError: number;
}

/** A test image that a network classifies wrongly. */
export interface Mistake {
  /** Its place among the test images. */
  readonly image: number;
  /** The class that it is taken for. */
  readonly predicted: number;
}

export interface TrainingResult {
  /** Id of the network. */
  readonly id: string;
  readonly sha256: string;
  readonly testError: number;
  readonly testImages: number;
  /** Null for a network that was trained before. */
  readonly mistakes: readonly Mistake[] | null;
}

export interface TrainingJob {
  /** The training's text, each once. */
  readonly ref: string;
  readonly spec: TrainingSpec;
  /**
   * `waiting` for another to end; `left` by an earlier visit, or cancelled: it resumes when asked;
   * `stopped` before its end, with a network of its own.
   */
  readonly status:
    "waiting" | "running" | "paused" | "stopping" | "left" | "finished" | "stopped" | "failed";
  /** Whether it waits while another tab trains the same. */
  readonly isElsewhere: boolean;
  /** Whether it ended in an earlier visit. */
  readonly isEarlier: boolean;
  /** Steps taken. */
  readonly step: number;
  /** 0 until it is known. */
  readonly steps: number;
  readonly losses: readonly LossMean[];
  readonly epochs: readonly EpochScore[];
  /** Networks that are kept along the way. */
  readonly snapshots: readonly { readonly id: string; readonly epoch: number }[];
  readonly remainingMs: number | null;
  /** What this visit has taken without a pause; null before it is known. */
  readonly measured: { readonly steps: number; readonly seconds: number } | null;
  readonly error: LabErrorData | null;
  readonly result: TrainingResult | null;
}

export function newJob(
  ref: string,
  spec: TrainingSpec,
  status: "waiting" | "left",
  before: Partial<Pick<TrainingJob, "step" | "steps" | "losses" | "epochs">> = {},
): TrainingJob {
  const nothing = { step: 0, steps: 0, losses: [], epochs: [], snapshots: [] };
  const open = {
    isElsewhere: false,
    isEarlier: false,
    remainingMs: null,
    measured: null,
    error: null,
    result: null,
  };
  return { ...nothing, ...before, ...open, ref, spec, status };
}

/** Whether it has or will have the workers. */
export function isActive({ status }: TrainingJob): boolean {
  return status === "running" || status === "paused" || status === "stopping";
}

/** More points nobody can tell apart. */
const mostPoints = 100;

/** Gathers the losses of steps into means, so that a curve has a bounded number of points. */
export function lossGatherer(): (step: number, steps: number, loss: number) => LossMean | null {
  let sum = 0;
  let count = 0;
  return (step, steps, loss) => {
    sum += loss;
    count++;
    const each = Math.max(1, Math.ceil(steps / mostPoints));
    if (step % each !== 0 && step !== steps) return null;
    const mean = { step, loss: sum / count };
    sum = 0;
    count = 0;
    return mean;
  };
}

function mistakesIn({ wrong, predicted }: ScoredPart): Mistake[] {
  return [...wrong.keys()]
    .filter((image) => wrong[image] === 1)
    .map((image) => ({ image, predicted: predicted[image] ?? 0 }));
}

/** A job after an event other than a step. */
export function withTrainingEvent(
  job: TrainingJob,
  event: Exclude<PageTrainingEvent, { readonly type: "step" }>,
): TrainingJob {
  switch (event.type) {
    case "elsewhere":
      return { ...job, isElsewhere: true };
    case "known": {
      const { trained, sha256 } = event.network;
      const score = { testError: trained?.testError ?? 1, testImages: trained?.testImages ?? 0 };
      const result = { id: userModelRef(event.network), sha256, ...score, mistakes: null };
      return { ...job, status: "finished", result };
    }
    case "epoch": {
      const { epoch, testError, snapshot } = event;
      const epochs = [...job.epochs.filter((each) => each.epoch < epoch), { epoch, testError }];
      if (!snapshot) return { ...job, epochs };
      const id = userModelRef(snapshot);
      const others = job.snapshots.filter((each) => each.id !== id);
      return { ...job, epochs, snapshots: [...others, { id, epoch }] };
    }
    case "finished": {
      const { network, step, steps, testError, testImages, answers } = event;
      const epoch = (job.spec.stop ?? Math.max(1, job.spec.epochs)) * (step / steps);
      const result = { id: userModelRef(network), sha256: network.sha256, testError, testImages };
      return {
        ...job,
        ...{ step, steps },
        status: step < steps ? "stopped" : "finished",
        epochs: [...job.epochs.filter((each) => each.epoch < epoch), { epoch, testError }],
        result: { ...result, mistakes: mistakesIn(answers) },
      };
    }
    default:
      return event satisfies never;
  }
}
