/**
 * What stitches are fitted for, by name.
 *
 * | name | a stitch is the one with the lowest | source |
 * | --- | --- | --- |
 * | `task` | cross-entropy of the stitched network | Bansal, Nakkiran & Barak 2021, sec. 2 |
 * | `match` | squared distance from A's representation at the site: least squares | direct matching, Csiszárik et al. 2021, sec. 3 |
 * | `functional` | sum of such distances at the site and all of A's taps after it | Athanasiadis, Karmush & Felsberg 2025 |
 * | `penultimate` | distance at A's last tap | ours, in their terms |
 * | `shuffled-labels` | as `task`, of training images that have each other's labels | a control, ours |
 *
 * Only `task` knows labels that are of use. In `quick` all start from `match`; see
 * `core/stitch/refinement/objective.ts`.
 */
import * as z from "../core/schema";

/** Those that have a loss of their own, which a stitch is trained for. */
export const trainedObjectives = ["functional", "penultimate"] as const;

/** Those that a spec names: it leaves the task out. */
export const otherObjectives = ["match", ...trainedObjectives, "shuffled-labels"] as const;
export const otherObjectiveSchema = z.enum(otherObjectives);
export type OtherObjective = z.infer<typeof otherObjectiveSchema>;

export const objectiveNames = ["task", ...otherObjectives] as const;
export const objectiveSchema = z.enum(objectiveNames, { error: objectiveNames.join(", ") });
export type ObjectiveName = z.infer<typeof objectiveSchema>;

/** Whether a loss is a cross-entropy, in nats. */
export function hasCrossEntropy(name: ObjectiveName): boolean {
  return name === "task" || name === "shuffled-labels";
}

/** What a curve's stitches are fitted for. */
export function objectiveOf(curve: {
  readonly objective?: OtherObjective | undefined;
}): ObjectiveName {
  return curve.objective ?? "task";
}

/** The part of a curve that says its objective. */
export function withObjective(name: ObjectiveName): { objective?: OtherObjective } {
  return name === "task" ? {} : { objective: name };
}
