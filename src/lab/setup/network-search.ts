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
