/** What a running experiment says, one event at a time. */
import type { ModelResult, Report, TapResult } from "./report";

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
  /** Everything is done; the report repeats all results in order. */
  | { readonly type: "finished"; readonly report: Report };
