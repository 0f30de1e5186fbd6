/** What every kind of file or folder is read into: images with the numbers of their classes. */
import type { Split } from "../../manifest";
import type { Picture } from "../pictures/picture";

/** Images that belong to one split, or that are still to be split. */
export interface Part {
  /** Null where the images are to be divided into both. */
  readonly split: Split | null;
  /** What errors call it. */
  readonly path: string;
  readonly count: number;
  /** [count] places in `classNames`; null without labels */
  readonly labels: Uint32Array | null;
  /** Yields the images in the order of `labels`, each decoded when it is asked for. */
  readonly pictures: () => AsyncGenerator<Picture>;
}

export interface Source {
  /** Empty without labels. */
  readonly classNames: readonly string[];
  readonly parts: readonly Part[];
}
