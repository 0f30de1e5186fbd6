/** Data sets of images that a visitor gives, and their storage. Implemented by `storage`. */
import { dataManifestSchema, type DataManifest } from "../core/data/manifest";
import * as z from "../core/schema";
import { dataSetRefSchema } from "../experiment/data-sets";

export const userDataSetSchema = z.object({
  /** As a spec names it. */
  ref: dataSetRefSchema,
  manifest: dataManifestSchema,
});
export type UserDataSet = z.infer<typeof userDataSetSchema>;

/** A user's data set that is available here. */
export interface StoredDataSet extends UserDataSet {
  /** False where there was no room: it is lost when the page is closed. */
  readonly stored: boolean;
}

/** A data set as experiments read it. */
export interface DataSource {
  readonly data: DataManifest;
  /** Begins the path of every shard. */
  readonly dataFolder: string;
}

/** None of these functions rejects. */
export interface DataSetStore {
  /** All data sets, sorted by name. */
  list(): Promise<readonly StoredDataSet[]>;
  /**
   * Stores a data set in the browser where possible, else in memory. Putting it again writes it
   * again.
   *
   * @param shards their bytes by SHA-256
   */
  put(set: UserDataSet, shards: ReadonlyMap<string, Blob>): Promise<StoredDataSet>;
  remove(ref: string): Promise<void>;
  /** Where the engine reads a data set; its shards are never fetched from a server. */
  source(set: UserDataSet): DataSource;
}
