/** Files that the visitor gives to be networks: what became of them. */
import type { LabErrorData } from "../../../core/errors";
import type { FitProgress } from "../../../engine/host/linear-head";
import type { FilePart } from "../../../engine/user-model";

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
  /** Trunks and heads that wait for each other. */
  readonly parts: readonly FilePart[];
  /** The head that is being fitted, by its trunk's SHA-256; null if none is. */
  readonly fit: (FitProgress & { readonly trunk: string }) | null;
}

export const emptyModelImport: ModelImport = {
  reading: null,
  taken: [],
  refused: [],
  parts: [],
  fit: null,
};

export type ModelImportAction =
  /** The visitor gave files; what was said of earlier ones is over. */
  | { readonly type: "files-given" }
  | { readonly type: "file-reading"; readonly name: string }
  | { readonly type: "file-taken"; readonly id: string }
  | { readonly type: "file-refused"; readonly refusal: Refusal }
  | { readonly type: "part-given"; readonly part: FilePart }
  /** Parts that became a network, by their SHA-256. */
  | { readonly type: "parts-joined"; readonly parts: readonly string[] }
  | { readonly type: "head-fitting"; readonly trunk: string; readonly progress: FitProgress }
  | { readonly type: "fit-ended" }
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
    case "part-given": {
      const others = modelImport.parts.filter(({ sha256 }) => sha256 !== action.part.sha256);
      return { ...modelImport, reading: null, parts: [...others, action.part] };
    }
    case "parts-joined": {
      const parts = modelImport.parts.filter(({ sha256 }) => !action.parts.includes(sha256));
      return { ...modelImport, parts };
    }
    case "head-fitting":
      return { ...modelImport, fit: { trunk: action.trunk, ...action.progress } };
    case "fit-ended":
      return { ...modelImport, fit: null };
    case "model-import-dismissed":
      return {
        ...modelImport,
        taken: [],
        refused: [],
        parts: modelImport.fit ? modelImport.parts : [],
      };
    default:
      return action satisfies never;
  }
}
