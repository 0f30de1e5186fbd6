/** Which networks a visitor is looking for. */
import { architectureName } from "../../core/nets/architecture";
import { trainingKindSchema } from "../../core/nets/zoo-manifest";
import { isUserModel, type LabModel } from "../engine/models";

/** Kinds of training to search for, in the order in which they are offered. */
export const trainingKinds = [...trainingKindSchema.options, "yours"] as const;
export type TrainingKind = (typeof trainingKinds)[number];

export function trainingKindOf(model: LabModel): TrainingKind {
  if (isUserModel(model)) return "yours";
  const { kind, epochs } = model.training;
  return kind ?? (epochs === 0 ? "untrained" : "usual");
}

export interface Search {
  /** Every one of its words must be somewhere in what is known of a network. */
  readonly text: string;
  /** Null for all. */
  readonly architecture: string | null;
  readonly trainingKind: TrainingKind | null;
}

export const everything: Search = { text: "", architecture: null, trainingKind: null };

/**
 * Returns the visitor's own networks, which they gave for a reason, then those that were trained on
 * the experiment's images, then the others.
 *
 * @param data the experiment's data set, as its spec names it
 */
export function inOrder(
  models: readonly LabModel[],
  data: string | undefined,
): readonly LabModel[] {
  const rank = (model: LabModel): number => (isUserModel(model) ? 0 : model.data === data ? 1 : 2);
  return models.toSorted((a, b) => rank(a) - rank(b));
}

/** @param words all that is said of a network */
export function found(
  models: readonly LabModel[],
  { text, architecture, trainingKind }: Search,
  words: (model: LabModel) => string,
): readonly LabModel[] {
  const asked = text.toLowerCase().split(/\s+/);
  return models.filter((model) => {
    const known = words(model).toLowerCase();
    return (
      asked.every((word) => known.includes(word)) &&
      (architecture === null || architectureName(model.architecture) === architecture) &&
      (trainingKind === null || trainingKindOf(model) === trainingKind)
    );
  });
}
