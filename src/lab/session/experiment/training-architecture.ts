/** The network that a training makes of images. */
import type { DataForm } from "../../../core/data/form";
import type { TrainableArchitecture } from "../../../core/training/recipe";
import { architectureOfTraining, type NetworkSizes } from "../../../experiment/training/network";

/** Null where it makes none of these images. */
export function architectureOf(sizes: NetworkSizes, form: DataForm): TrainableArchitecture | null {
  try {
    return architectureOfTraining(sizes, form);
  } catch {
    return null;
  }
}
