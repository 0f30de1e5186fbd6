/** Files that the visitor gives to be networks: what became of them. */
import type { LabErrorData } from "../../../core/errors";
import type { FitProgress } from "../../../engine/host/linear-head";
import { userModelRef, type FilePart, type UserModel } from "../../../engine/user-model";

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
  /** Networks that the visitor has not decided on; nothing of them is stored. */
  readonly waiting: readonly UserModel[];
  readonly refused: readonly Refusal[];
  /** Trunks and heads that wait for each other. */
  readonly parts: readonly FilePart[];
  /** The head that is being fitted, by the SHA-256 of what it is fitted to; null if none is. */
  readonly fit: (FitProgress & { readonly trunk: string }) | null;
  /** Where the visitor gave the files, and where the outcome is shown. */
  readonly place: ImportPlace;
}

/** `figure`: in the dialog of a figure that names its files, so that there is nothing to decide. */
export type ImportPlace = "page" | "dialog" | "figure";

export const emptyModelImport: ModelImport = {
  reading: null,
  taken: [],
  waiting: [],
  refused: [],
  parts: [],
  fit: null,
  place: "page",
};

export type ModelImportAction =
  /** The visitor gave files; what was said of earlier ones is over. */
  | { readonly type: "files-given"; readonly place: ImportPlace }
  /** The dialog in which files were given is closed. */
  | { readonly type: "import-dialog-closed" }
  | { readonly type: "file-reading"; readonly name: string }
  | { readonly type: "file-taken"; readonly id: string }
  | { readonly type: "network-waits"; readonly network: UserModel }
  /** The visitor does not want it. */
  | { readonly type: "network-dropped"; readonly sha256: string }
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
      return { ...modelImport, taken: [], refused: [], place: action.place };
    case "import-dialog-closed":
      return { ...modelImport, place: "page" };
    case "file-reading":
      return { ...modelImport, reading: action.name };
    case "network-waits": {
      const waiting = withoutNetwork(modelImport.waiting, action.network.sha256);
      return { ...modelImport, reading: null, waiting: [...waiting, action.network] };
    }
    case "network-dropped":
      return { ...modelImport, waiting: withoutNetwork(modelImport.waiting, action.sha256) };
    case "file-taken": {
      const waiting = modelImport.waiting.filter((network) => userModelRef(network) !== action.id);
      const taken = [...modelImport.taken, action.id];
      return { ...modelImport, reading: null, taken, waiting };
    }
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

function withoutNetwork(networks: readonly UserModel[], sha256: string): readonly UserModel[] {
  return networks.filter((network) => network.sha256 !== sha256);
}
