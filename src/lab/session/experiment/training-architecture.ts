/** The network that a training makes of images. */
import type { DataForm } from "../../core/data/form";
import { inputAndClasses, type ResNetArchitecture } from "../../core/nets/architecture";
import type { TrainingSpec } from "../../experiment/training-spec";

/** Null for images without classes. */
export function architectureOf(
  { blocks, width }: Pick<TrainingSpec, "blocks" | "width">,
  form: DataForm,
): ResNetArchitecture | null {
  const { height, width: across, channels, classes } = form;
  const count = classes.names.length;
  if (count < 2) return null;
  return {
    family: "resnet",
    ...{ blocks, width },
    ...inputAndClasses({ height, width: across, channels }, count),
  };
}
