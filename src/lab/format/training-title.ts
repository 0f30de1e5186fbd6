/** What a network that is trained here is called. */
import { architectureName } from "../../core/nets/architecture";
import { labDataSet } from "../../experiment/data-sets";
import { usualTraining, type TrainingSpec } from "../../experiment/training-spec";
import { count } from "./numbers";

/** "ResNet-18, 4 filters, seed 0, 5,000 images, epoch 3 of 10"; what is usual goes without saying. */
export function titleOfTraining(spec: TrainingSpec): string {
  const { blocks, width, trainImages, epochs, stop, seed, data } = spec;
  const [kind = "ResNet"] = architectureName({ family: "resnet", blocks, width }).split(",");
  const set = data === undefined ? "" : ` of ${labDataSet(data)?.name ?? "your data set"}`;
  const images = trainImages === usualTraining.trainImages && set === "" ? [] : [trainImages];
  const length = epochs === usualTraining.epochs || stop !== undefined ? [] : [epochs];
  return [
    kind,
    `${width} ${width === 1 ? "filter" : "filters"}`,
    ...(epochs === 0 ? [`untrained${set}`] : []),
    `seed ${seed}`,
    ...(epochs === 0 ? [] : images.map((number) => `${count(number)} images${set}`)),
    ...(epochs === 0
      ? []
      : length.map((number) => `${number} ${number === 1 ? "epoch" : "epochs"}`)),
    ...(stop === undefined ? [] : [`epoch ${stop} of ${epochs}`]),
  ].join(", ");
}
