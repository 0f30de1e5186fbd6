/** Files that the visitor gives to be networks: what became of them. */
import type { LabErrorData } from "../../core/errors";

/** A file that was not taken. */
export interface Refusal {
  /** The file's name. */
  readonly name: string;
  readonly error: LabErrorData;
}

export interface ModelImport {
  /** The file that is being validated; null if none is. */
  readonly reading: string | null;
  /**
   * Ids of the networks taken, and files refused, since the visitor last gave some or said to have
   * read it.
   */
  readonly taken: readonly string[];
  readonly refused: readonly Refusal[];
}

export const emptyModelImport: ModelImport = { reading: null, taken: [], refused: [] };

export type ModelImportAction =
  /** The visitor gave files; what was said of earlier ones is over. */
  | { readonly type: "files-given" }
  | { readonly type: "file-reading"; readonly name: string }
  | { readonly type: "file-taken"; readonly id: string }
  | { readonly type: "file-refused"; readonly refusal: Refusal }
  | { readonly type: "model-import-dismissed" };

export function reduceModelImport(
  modelImport: ModelImport,
  action: ModelImportAction,
): ModelImport {
  switch (action.type) {
    case "files-given":
      return { ...modelImport, taken: [], refused: [] };
    case "file-reading":
      return { ...modelImport, reading: action.name };
    case "file-taken":
      return { ...modelImport, reading: null, taken: [...modelImport.taken, action.id] };
    case "file-refused":
      return { ...modelImport, reading: null, refused: [...modelImport.refused, action.refusal] };
    case "model-import-dismissed":
      return { ...modelImport, taken: [], refused: [] };
    default:
      return action satisfies never;
  }
}
