/** What a running experiment says, one event at a time. */
import type { ModelResult, Report, TapFailure, TapResult } from "./report";

/** Which of an experiment's two networks: `top` is A, `bottom` is B. */
export type Role = "top" | "bottom";

/** The least-squares stitch of one tap, scored before any training. */
export interface LeastSquaresScore {
  readonly tap: number;
  readonly testError: number;
  readonly penalty: number;
  readonly penaltyStandardError: number;
}

export type ExperimentEvent =
  /** Weights and images are being fetched and checked; counts are files. */
  | {
      readonly type: "assets";
      readonly done: number;
      readonly total: number;
      readonly file: string;
    }
  /** Taken together, the tasks are this far; `remainingMs` is null until it can be told. */
  | {
      readonly type: "progress";
      /** In [0, 1]. */
      readonly fraction: number;
      readonly remainingMs: number | null;
      /** What the workers are at, for people: "block 3: training, step 40 of 78". */
      readonly activity: string;
    }
  | { readonly type: "baseline"; readonly role: Role; readonly result: ModelResult }
  /** Debiased linear CKA at one tap; null where it is undefined. */
  | { readonly type: "similarity"; readonly tap: number; readonly cka: number | null }
  | ({ readonly type: "least-squares" } & LeastSquaresScore)
  | { readonly type: "tap"; readonly result: TapResult }
  /** A tap has no stitch; the others go on. */
  | { readonly type: "tap-failed"; readonly failure: TapFailure }
  /** Everything stands still, its checkpoints kept, until it is told to go on. */
  | { readonly type: "paused" }
  | { readonly type: "resumed" }
  /** A worker or its device was lost, and its task goes on from its last checkpoint. */
  | { readonly type: "recovered"; readonly reason: string }
  /** Everything is done; the report repeats all results in order. */
  | { readonly type: "finished"; readonly report: Report };
