/** ReduceSum: the sum over some axes or all. */
import { tf } from "../../../tensor/tf";
import { reduction } from "./reduction";

export const reduceSum = reduction(
  (x, axes, keeps) => tf.sum(x, axes, keeps),
  () => 1,
);
