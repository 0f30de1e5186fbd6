/** What a worker may be ordered to do: a task of the experiment, or a part of one. */
import type { StitchTask, Task } from "../experiment/task";
import type { Trained } from "./result";

/** Score a trained stitch on a range of the test images. */
export interface ScoringTask extends Pick<
  StitchTask,
  "bottom" | "top" | "sites" | "perturbation" | "site" | "test"
> {
  readonly type: "scoring";
  readonly first: number;
  readonly end: number;
  readonly stitch: NonNullable<Trained["scored"]>;
}

export type WorkerTask = Task | ScoringTask;

/** A part of a stitch task that any worker can do once the stitch is trained. */
export function scoringTask(
  { bottom, top, sites, perturbation, site, test }: StitchTask,
  stitch: ScoringTask["stitch"],
  { first, end }: Pick<ScoringTask, "first" | "end">,
): ScoringTask {
  return {
    type: "scoring",
    ...{ bottom, top, sites, perturbation, site, test, first, end, stitch },
  };
}
