/** The one connection of a page or worker to the database: opened early, opened again when it is cut. */
import { openDatabase, type Opening } from "./database";
import type { Obstacle } from "./status";
import type { OpenTables } from "./tables";

/** undefined where there is no storage. */
export type Connect = () => Promise<OpenTables | undefined>;

/** Against a browser that cuts every connection that it grants. */
const mostOpenings = 5;

/** @param tell hears why there is no storage, or that there is some: null */
export function createConnection(tell: (obstacle: Obstacle | null) => void): Connect {
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
    if (opening.status === "closed") tell(opening.obstacle);
    else tell(opening.tables.writable ? null : "newer-version");
    return opening;
  }

  function closed(obstacle: Obstacle): Promise<Opening> {
    tell(obstacle);
    return Promise.resolve({ status: "closed", obstacle });
  }

  return async () => {
    const opening = await (current ??= open());
    return opening.status === "open" ? opening.tables : undefined;
  };
}
