/** ReduceMean: the mean over some axes or all. */
import { tf } from "../../../tensor/tf";
import { reduction } from "./reduction";

export const reduceMean = reduction(
  (x, axes, keeps) => tf.mean(x, axes, keeps),
  (count) => 1 / count,
);
