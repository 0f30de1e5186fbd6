/** What a stitch task asks of a way to train, and what that tells. */
import type { ImageSet } from "../../core/data/image-set";
import type { FrozenNetwork } from "../../core/nets/network";
import type { Moments } from "../../core/stitch/moments";
import type { StitchTask } from "../../experiment/task";
import type { CheckpointOf } from "../checkpoint";
import type { StitchFailure, Trained } from "../result";

export interface TrainingTask {
  readonly task: StitchTask;
  readonly bottom: FrozenNetwork;
  readonly top: FrozenNetwork;
  /** Training images. */
  readonly images: ImageSet;
  /** At the task's tap, on all of them. */
  readonly moments: Moments;
}

export type TrainingCheckpoint = NonNullable<CheckpointOf<"training">["training"]>;

export type TrainingTrace =
  | {
      readonly type: "step";
      readonly step: number;
      readonly steps: number;
      /** Of the steps up to this one that no trace has told, in nats; empty where they are told later. */
      readonly losses: readonly number[];
      /** Null before there is anything to keep. */
      readonly checkpoint: () => Promise<TrainingCheckpoint | null>;
    }
  | { readonly type: "failure"; readonly failure: StitchFailure }
  | Pick<Trained, "type" | "stitch" | "scored" | "steps" | "finalTrainLoss" | "refinement">;
