/** Dropout: the input as it is, since nothing is drawn here. */
import { identity } from "./identity";
import {
  constantInput,
  known,
  inputShape,
  refusedNode,
  type Operator,
} from "../interface/operator";

export const dropout: Operator = {
  ...identity,
  shape(call) {
    const { inputs } = call.node;
    const isTraining = inputs[2] !== undefined && constantInput(call, 2).data[0] !== 0;
    // Torchvision's Swin has ones for training, with a share of 0.
    const share = inputs[1] === undefined ? 0.5 : constantInput(call, 1).data[0];
    if (isTraining && share !== 0)
      throw refusedNode(call.node, "a dropout that does nothing", "training");
    return inputShape(call, 0);
  },
  fold(call) {
    dropout.shape(call);
    return known(call.inputs[0]);
  },
};
