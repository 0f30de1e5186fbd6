/** A kind of file or folder that images are read from. */
import type { Codecs } from "../pictures/decode";
import type { ImportFile } from "../files/file";
import type { Source } from "./source";

export interface Kind {
  /** What errors call it. */
  readonly name: string;
  readonly recognises: (files: readonly ImportFile[]) => Promise<boolean>;
  /** Throws LabError naming the file that is wrong, what was expected and what was found. */
  readonly open: (files: readonly ImportFile[], codecs: Codecs) => Promise<Source>;
}

/** A file that holds others. */
export interface Archive {
  readonly recognises: (file: ImportFile) => Promise<boolean>;
  /** Throws LabError as `Kind.open` does. */
  readonly filesIn: (file: ImportFile) => Promise<ImportFile[]>;
}
