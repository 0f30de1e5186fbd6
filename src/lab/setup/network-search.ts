/** Which networks a visitor is looking for. */
import { architectureName } from "../../core/nets/architecture";
import { isUserModel, type LabModel } from "../engine/models";

/** How a network came to be what it is, as far as one would look for it. */
export type TrainingKind = "usual" | "fewer" | "labels" | "otherwise" | "untrained" | "yours";

/** In the order in which they are offered. */
export const trainingKinds: readonly TrainingKind[] = [
  "usual",
  "fewer",
  "labels",
  "otherwise",
  "untrained",
  "yours",
];

/** From what the zoo's record says of data and recipe. */
export function trainingKindOf(model: LabModel): TrainingKind {
  if (isUserModel(model)) return "yours";
  const { epochs, data, recipe } = model.training;
  if (epochs === 0) return "untrained";
  if (/random labels|labelled/.test(data)) return "labels";
  if (/^(half|the first)/.test(data)) return "fewer";
  return /simclr|adversarial/.test(recipe) ? "otherwise" : "usual";
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
