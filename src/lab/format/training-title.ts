/** What a network that is trained here is called. */
import { labDataSet } from "../../experiment/data-sets";
import { usualTrainingOf, type TrainingSpec } from "../../experiment/training/spec";
import { count, percent } from "./numbers";

/** "ResNet-18, 4 filters, seed 0, 5,000 images, epoch 3 of 10"; what is usual goes without saying. */
export function titleOfTraining(spec: TrainingSpec): string {
  const { trainImages, skip, epochs, stop, seed, data, classes, randomLabels } = spec;
  const usual = usualTrainingOf(spec.family);
  const set = data === undefined ? "" : ` of ${labDataSet(data)?.name ?? "your data set"}`;
  const isUsualCount = trainImages === usual.trainImages && set === "" && skip === undefined;
  const which =
    skip === undefined
      ? `${count(trainImages)} images`
      : `images ${count(skip + 1)} to ${count(skip + trainImages)}`;
  const images = isUsualCount ? [] : [which + set];
  const length = epochs === usual.epochs || stop !== undefined ? [] : [epochs];
  return [
    kindOf(spec),
    ...(classes === undefined ? [] : [`${classes} classes`]),
    ...(epochs === 0 ? [`untrained${set}`] : []),
    `seed ${seed}`,
    ...(epochs === 0 ? [] : images),
    ...(epochs === 0 || randomLabels === undefined
      ? []
      : [`${percent(randomLabels)} random labels`]),
    ...(epochs === 0
      ? []
      : length.map((number) => `${number} ${number === 1 ? "epoch" : "epochs"}`)),
    ...(stop === undefined ? [] : [`epoch ${stop} of ${epochs}`]),
  ].join(", ");
}

function kindOf({ family, blocks = [], width, depth = 0 }: TrainingSpec): string {
  const filters = `${width} ${width === 1 ? "filter" : "filters"}`;
  switch (family) {
    case "vit":
      return `ViT, ${depth} ${depth === 1 ? "block" : "blocks"} of ${width}`;
    case "myrtle":
      return `Five-layer CNN, ${filters}`;
    case undefined:
      // Two convolutions a block, the stem and the linear layer. He et al. 2016, table 1.
      return `ResNet-${2 + 2 * blocks.reduce((sum, each) => sum + each, 0)}, ${filters}`;
    default:
      return family satisfies never;
  }
}
