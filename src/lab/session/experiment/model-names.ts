/** What networks are called, and what they are in a sentence. */
import { architectureName } from "../../../core/nets/architecture";
import type { ZooModel } from "../../../core/nets/zoo-manifest";
import { isUntrained, trainingOf } from "../../../experiment/model-ref";
import { isLabelControl, type Curve } from "../../../experiment/spec";
import {
  isToTrain,
  isUserModel,
  type LabModel,
  type NetworkToTrain,
  type UserLabModel,
} from "../../engine/models";
import { count, percent } from "../../format/numbers";
import { titleOfTraining } from "../../format/training-title";

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
  const training = trainingOf(id);
  if (training) return titleOfTraining(training);
  return id.startsWith("sha256:") ? `missing: ${shortHash(id.slice("sha256:".length))}` : id;
}

/** A hostile file's own words may be long enough to fill the page. */
export function inShort(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** What a network is, in a sentence: how it was trained and how well it does. */
export function networkSentence(model: LabModel): string {
  if (isUserModel(model)) {
    if (model.trained) {
      const { testError, testImages } = model.trained;
      return `Trained here. Test accuracy ${percent(1 - testError)} on ${count(testImages)} images.`;
    }
    const head = model.joined?.head;
    if (head?.type !== "fitted") return "Your file. A run measures its accuracy.";
    return `Your file, with a fitted linear head. Test accuracy ${percent(1 - head.testError)} on ${count(head.testImages)} images.`;
  }
  const { summary, testError, testImages, robust } = model;
  const attacked = robust ? `, ${percent(1 - robust.testError)} under adversarial attack` : "";
  return `${summary} Test accuracy ${percent(1 - testError)} on ${count(testImages)} images${attacked}.`;
}

export function nameOf(models: readonly LabModel[]): (id: string) => string {
  return (id) => modelName(id, models);
}

/** Filters that most of the zoo's networks have, which go without saying. */
const usualWidth = 16;

/** Returns a network's kind and how it was trained; the file's name for a visitor's own. */
export function networkTitle(model: LabModel | NetworkToTrain): string {
  if (isToTrain(model)) return titleOfTraining(model.toTrain);
  if (isUserModel(model)) return model.name;
  return `${architectureTitle(model)}, ${trainingTitle(model)}`;
}

/** Returns the title of a network by its id; for one that is not here, what `modelName` says. */
export function titleOf(id: string, models: readonly LabModel[]): string {
  const model = models.find((known) => known.id === id);
  return model ? networkTitle(model) : modelName(id, models);
}

/** Returns a network's training alone where its architecture is the other network's. */
export function shortTitle(id: string, of: string, models: readonly LabModel[]): string {
  const [model, other] = [id, of].map((wanted) => models.find((known) => known.id === wanted));
  if (!model || !other || isUserModel(model) || isUserModel(other)) return titleOf(id, models);
  const same = JSON.stringify(model.architecture) === JSON.stringify(other.architecture);
  return same ? trainingTitle(model) : networkTitle(model);
}

/** "ResNet-18, seed 1 into seed 0" */
export function pairTitle(
  { bottom, top }: Pick<Curve, "bottom" | "top">,
  models: readonly LabModel[],
): string {
  return `${titleOf(bottom, models)} into ${shortTitle(top, bottom, models)}`;
}

/** For lists to choose from: the title, and the id of a network that has one. */
export function titleWithId(id: string, models: readonly LabModel[]): string {
  const model = models.find((other) => other.id === id);
  return model && !isUserModel(model) ? `${networkTitle(model)} · ${id}` : modelName(id, models);
}

/** "ResNet-18", "ResNet-18, 32 filters" */
function architectureTitle({ architecture }: ZooModel): string {
  const [kind = ""] = architectureName(architecture).split(",");
  const wide = "width" in architecture && architecture.width !== usualWidth;
  return wide ? `${kind}, ${architecture.width} filters` : kind;
}

/** "seed 1", "untrained", "10% random labels" */
function trainingTitle({ id, training }: ZooModel): string {
  if (training.kind === "untrained") return "untrained";
  const last = id.slice(id.lastIndexOf("-") + 1);
  const amount = Number(/\d+/.exec(last)?.[0]);
  switch (last.replace(/\d+/, "#")) {
    case "noise#":
      return `${amount}% random labels`;
    case "n#k":
      return `${count(1000 * amount)} images`;
    case "half#":
      return amount === 0 ? "first half of the images" : "other half of the images";
    case "e#":
      return `${training.epochs} epochs`;
    case "animals":
      return "two classes";
    case "simclr":
      return "without labels";
    case "adv":
      return "adversarially trained";
    default:
      return `seed ${training.seed}`;
  }
}

/** Whether a curve is a control: one of its networks was never trained, or labels are all that counts. */
export function isControlCurve(curve: Curve, models: readonly LabModel[]): boolean {
  return isLabelControl(curve) || [curve.bottom, curve.top].some((id) => isUntrained(id, models));
}
