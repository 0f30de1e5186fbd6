/** What the stores work with, next to the database's tables. */
import type { Connect } from "./connection";
import type { RecordStore } from "./record-store";
import type { StatusBoard, StorageStatus } from "./status";

export interface StoreDeps {
  readonly connect: Connect;
  readonly board: StatusBoard;
  readonly recordStore: RecordStore;
  /** Asks the browser how much is used, and updates the board. */
  readonly measure: () => Promise<StorageStatus["usage"]>;
  /** Unix time. */
  readonly nowMs: () => number;
}
