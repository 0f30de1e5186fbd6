/** Files that the visitor gives to be networks: what became of them. */
import type { LabErrorData } from "../../core/errors";

/** A file that was not taken. */
export interface Refusal {
  /** The file's name. */
  readonly name: string;
  readonly error: LabErrorData;
}

export interface Intake {
  /** The file that is being examined; null while none is. */
  readonly reading: string | null;
  /** Ids of the networks taken, and files refused, since the visitor last gave some or said to have read it. */
  readonly taken: readonly string[];
  readonly refused: readonly Refusal[];
}

export const noIntake: Intake = { reading: null, taken: [], refused: [] };

export type IntakeAction =
  /** The visitor gave files; what was said of earlier ones is over. */
  | { readonly type: "files-given" }
  | { readonly type: "file-reading"; readonly name: string }
  | { readonly type: "file-taken"; readonly id: string }
  | { readonly type: "file-refused"; readonly refusal: Refusal }
  | { readonly type: "intake-dismissed" };

export function withIntake(intake: Intake, action: IntakeAction): Intake {
  switch (action.type) {
    case "files-given":
      return { ...intake, taken: [], refused: [] };
    case "file-reading":
      return { ...intake, reading: action.name };
    case "file-taken":
      return { ...intake, reading: null, taken: [...intake.taken, action.id] };
    case "file-refused":
      return { ...intake, reading: null, refused: [...intake.refused, action.refusal] };
    case "intake-dismissed":
      return { ...intake, taken: [], refused: [] };
    default:
      return action satisfies never;
  }
}
