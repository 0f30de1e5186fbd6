/**
 * Remembers this browser's unfinished runs, which outlive the page: their results and checkpoints
 * are stored, and here is which experiments they belong to.
 */
import * as z from "../../../core/schema";

const leftRunSchema = z.strictObject({
  /** The experiment's key. */
  key: z.string(),
  /** The only curve that was asked for; null for all. */
  only: z.nullable(z.int().check(z.nonnegative())),
  /** Share of the work that was done, in [0, 1]. */
  fraction: z.number().check(z.minimum(0), z.maximum(1)),
  /** The visitor cancelled it, and may still continue. */
  cancelled: z.boolean(),
  /** Unix time. */
  changedAtMs: z.number(),
});
export type LeftRun = z.infer<typeof leftRunSchema>;

/** Tells one unfinished run from every other. */
export type LeftRunId = Pick<LeftRun, "key" | "only">;

/** None of these functions throws. */
export interface LeftRuns {
  /** The latest first. */
  list(): readonly LeftRun[];
  /** Notes a run as begun, or how far it is; what is not given stays as it was. */
  note(run: LeftRunId, change?: Partial<Pick<LeftRun, "fraction" | "cancelled">>): void;
  /** Where `only` is null, the runs of its single curves, too. */
  forget(run: LeftRunId): void;
  /** Forgets all: nothing of them is stored any more. */
  clear(): void;
}

const place = "stitch-lab-left-runs";

/** Older ones are forgotten; what they stored stays. */
const mostRuns = 20;

/**
 * @param storage outlives the page and is shared by its tabs; undefined where the browser refuses
 * @param nowMs Unix time
 */
export function browserLeftRuns(storage: Storage | undefined, nowMs: () => number): LeftRuns {
  function list(): readonly LeftRun[] {
    try {
      const stored: unknown = JSON.parse(storage?.getItem(place) ?? "[]");
      if (!Array.isArray(stored)) return [];
      // What another version wrote and this one cannot read is left out.
      return stored.flatMap((run: unknown) => leftRunSchema.safeParse(run).data ?? []);
    } catch {
      return [];
    }
  }

  function write(runs: readonly LeftRun[]): void {
    try {
      storage?.setItem(place, JSON.stringify(runs.slice(0, mostRuns)));
    } catch (thrown) {
      console.warn("unfinished runs will not be listed", thrown);
    }
  }

  const others = ({ key, only }: LeftRunId): readonly LeftRun[] =>
    list().filter((run) => run.key !== key || run.only !== only);

  return {
    list,
    note({ key, only }, change = {}) {
      const before = list().find((run) => run.key === key && run.only === only);
      const { fraction = before?.fraction ?? 0, cancelled = false } = change;
      const run = { key, only, fraction, cancelled, changedAtMs: nowMs() };
      write([run, ...others(run)]);
    },
    forget: ({ key, only }) =>
      write(list().filter((run) => run.key !== key || (only !== null && run.only !== only))),
    clear: () => write([]),
  };
}
