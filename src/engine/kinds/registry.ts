/**
 * The kinds of tasks. A new kind is one file here and one in `worker/tasks`, and a line in each
 * registry.
 */
import * as z from "../../core/schema";
import type { Task } from "../../experiment/plan/task";
import { baseline } from "./baseline";
import { closedForm } from "./closed-form";
import { departure, type DepartureOrder } from "./departure";
import { family } from "./family";
import { freshTop } from "./fresh-top";
import type { TaskKind } from "./kind";
import { leastSquares } from "./least-squares";
import { measures } from "./measures";
import { probe } from "./probe";
import { scoresSchema, type ScoringTask } from "./scoring";
import { similarity } from "./similarity";
import { stitch } from "./stitch";

const taskKinds = {
  baseline,
  "closed-form": closedForm,
  "least-squares": leastSquares,
  family,
  similarity,
  measures,
  probe,
  stitch,
  "fresh-top": freshTop,
  departure,
};

type Kinds = typeof taskKinds;
type Results = { [K in keyof Kinds]: z.infer<Kinds[K]["result"]> };
export type TaskResult = Results[keyof Results];
/** The results of a task type. */
export type ResultOf<T extends Task> = Results[T["type"]];

export function kindOf(task: Task): TaskKind<Task> {
  const kinds: { readonly [K in Task["type"]]: TaskKind<Extract<Task, { type: K }>> } = taskKinds;
  return kinds[task.type];
}

/** What a worker may be ordered to do: a task of the experiment, or a part of one. */
export type WorkerTask = Exclude<Task, { type: "departure" }> | DepartureOrder | ScoringTask;

const kinds = Object.values(taskKinds);

/** Parses what workers answer: the result of a stitch is put together by the host. */
export const workerResultSchema = z.union([
  ...kinds.map((kind) => ("answer" in kind ? kind.answer : kind.result)),
  scoresSchema,
]);
export type WorkerResult = z.infer<typeof workerResultSchema>;

/** Parses the resume point of an unfinished task, as workers send it and as it is stored. */
export const taskCheckpointSchema = z.union(kinds.map(({ checkpoint }) => checkpoint));
export type TaskCheckpoint = z.infer<typeof taskCheckpointSchema>;
export type CheckpointOf<Type extends TaskCheckpoint["type"]> = Extract<
  TaskCheckpoint,
  { type: Type }
>;

/** The result of a task from a stored value; undefined where it is none. */
export function parsedResult<T extends Task>(task: T, value: unknown): ResultOf<T> | undefined {
  const { data } = taskKinds[task.type].result.safeParse(value);
  return data && isResultOf(task, data) ? data : undefined;
}

/** The checkpoint of a task from a stored value; undefined where it is none. */
export function parsedCheckpoint(task: Task, value: unknown): TaskCheckpoint | undefined {
  return taskKinds[task.type].checkpoint.safeParse(value).data;
}

export function isResultOf<T extends Task>(
  task: T,
  result: TaskResult | WorkerResult,
): result is ResultOf<T> {
  return result.type === task.type || result.type === kindOf(task).failure;
}
