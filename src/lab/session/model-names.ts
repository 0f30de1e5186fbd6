/** What networks are called, and what they are in a sentence. */
import { isUserModel, type LabModel, type UserLabModel } from "../engine/models";
import { count, percent } from "../format/numbers";

/** Enough of a hash to tell one file from another by eye. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 12)}…`;
}

/** Options of a picker: the file's name, with its hash where another file has the same name. */
export function optionLabel(model: UserLabModel, all: readonly UserLabModel[]): string {
  const twins = all.filter(({ name }) => name === model.name);
  return twins.length > 1 ? `${model.name} (${shortHash(model.sha256)})` : model.name;
}

/** What a network is called in lists and charts: its id, or its file's name. */
export function modelName(id: string, models: readonly LabModel[]): string {
  const model = models.find((other) => other.id === id);
  if (model) return isUserModel(model) ? optionLabel(model, models.filter(isUserModel)) : id;
  return id.startsWith("sha256:") ? `missing: ${shortHash(id.slice("sha256:".length))}` : id;
}

/** A hostile file's own words may be long enough to fill the page. */
export function inShort(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** What a network is, in a sentence: how it was trained and how well it does. */
export function networkSentence(model: LabModel): string {
  if (isUserModel(model)) return "Your file. A run measures its accuracy.";
  const { summary, testError, testImages, robust } = model;
  const attacked = robust ? `, ${percent(1 - robust.testError)} under attack` : "";
  return `${summary.replace(/\.$/, "")}, ${percent(1 - testError)} correct on ${count(testImages)} images${attacked}.`;
}

export function nameOf(models: readonly LabModel[]): (id: string) => string {
  return (id) => modelName(id, models);
}
