/** Shape: the sizes of a tensor, from axis `start` to axis `end`. */
import { hostIntegers, type Shape } from "../../host-tensor";
import { integerAttribute } from "../interface/attributes";
import { inputShape, type Call, type Operator } from "../interface/operator";

export const shapeOf: Operator = {
  shape: (call) => [sizes(call).length],
  fold(call) {
    const found = sizes(call);
    return hostIntegers([found.length], found);
  },
};

function sizes(call: Call): Shape {
  const shape = inputShape(call, 0);
  const start = integerAttribute(call.node, "start", 0);
  const end = integerAttribute(call.node, "end", shape.length);
  return shape.slice(start, end);
}
