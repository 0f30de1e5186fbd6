/** What networks are called in sentences and charts: "ResNet-18, seed 1". */
import { architectureName } from "../../core/nets/architecture";
import type { ZooModel } from "../../core/nets/zoo-manifest";
import { isUserModel, type LabModel } from "../engine/models";
import { count } from "../format/numbers";

/** Filters that most of the zoo's networks have, which go without saying. */
const usualWidth = 16;

/** Returns a network's kind and how it was trained; the file's name for a visitor's own. */
export function networkTitle(model: LabModel): string {
  if (isUserModel(model)) return model.name;
  return `${architectureTitle(model)}, ${trainingTitle(model)}`;
}

/** "ResNet-18", "ResNet-18, 32 filters" */
function architectureTitle({ architecture }: ZooModel): string {
  const [kind = ""] = architectureName(architecture).split(",");
  const wide = "width" in architecture && architecture.width !== usualWidth;
  return wide ? `${kind}, ${architecture.width} filters` : kind;
}

/** "seed 1", "untrained", "10% random labels" */
export function trainingTitle({ id, training }: ZooModel): string {
  if (isUntrained(training)) return "untrained";
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
      return "on attacked images";
    default:
      return `seed ${training.seed}`;
  }
}

export function isUntrained({ kind }: ZooModel["training"]): boolean {
  return kind === "untrained";
}
