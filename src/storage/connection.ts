/**
 * The one connection of a page or worker to the database: opened early, opened again when it is
 * lost.
 */
import { openDatabase, type Opening } from "./database";
import type { Obstacle } from "./status";
import type { OpenTables } from "./tables";

/** undefined where there is no storage. */
export type Connect = () => Promise<OpenTables | undefined>;

/** A limit, for browsers that close every connection. */
const mostOpenings = 5;

/** @param report receives why there is no storage; null where there is some */
export function createConnection(report: (obstacle: Obstacle | null) => void): Connect {
  let openings = 0;
  let current: Promise<Opening> | undefined = open();

  async function open(): Promise<Opening> {
    openings++;
    const opening = await openDatabase({
      superseded() {
        current = closed("superseded");
      },
      terminated() {
        // Not opened again before it is needed: the browser may still be clearing it.
        current = openings < mostOpenings ? undefined : closed("failed");
      },
    });
    if (opening.status === "closed") report(opening.obstacle);
    else report(opening.tables.writable ? null : "newer-version");
    return opening;
  }

  function closed(obstacle: Obstacle): Promise<Opening> {
    report(obstacle);
    return Promise.resolve({ status: "closed", obstacle });
  }

  return async () => {
    const opening = await (current ??= open());
    return opening.status === "open" ? opening.tables : undefined;
  };
}
