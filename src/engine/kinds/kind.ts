/**
 * What the host and its workers both know about a kind of task. How a worker executes it:
 * `worker/tasks`.
 */
import type * as z from "../../core/schema";
import type { ImagesRef, StitchTask } from "../../experiment/plan/task";

type Message = z.ZodMiniType<{ readonly type: string }>;

/** The methods of a kind are given its own tasks only. */
export interface TaskKind<T> {
  /** What is stored. */
  readonly result: Message;
  /** The type of a result that is a failure; absent where a task either succeeds or throws. */
  readonly failure?: string;
  /** What a worker answers; absent where that is the result. */
  readonly answer?: Message;
  readonly checkpoint: Message;
  /** SHA-256 of the networks that the task names. */
  networks(task: T): string[];
  images(task: T): ImagesRef[];
  /** Sites whose sums, over all images, are sent with the task; absent for none. */
  sites?(task: T): readonly number[];
  /**
   * Rough time, in units of one image's forward pass through a whole network.
   *
   * @param siteCount sites of the curve
   */
  cost(task: T, siteCount: number): number;
}

/** The networks of a task that stitches a bottom to a top. */
export const bothNetworks = ({ bottom, top }: Pick<StitchTask, "bottom" | "top">): string[] => [
  top,
  bottom,
];

/** The share of a network that lies above a tap. */
export function shareAbove(tap: number, tapCount: number): number {
  return 1 - (tap + 1) / (tapCount + 1);
}
