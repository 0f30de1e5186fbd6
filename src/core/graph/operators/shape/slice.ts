/** Slice: from a start to an end in steps, along some axes. */
import { integersAt, type Shape } from "../../host-tensor";
import { countedAxes, integersInput, optionalIntegersInput } from "../interface/axes";
import { refusedNode, type Call } from "../interface/operator";
import { slicing, type Places } from "./slicing";

/** The places that a Slice takes, in a call for n images. */
export function slicePlaces(call: Call, shape: Shape, n: number): Places[] {
  const { node } = call;
  const [starts, ends] = [integersInput(call, 1), integersInput(call, 2)].map((list) =>
    integersAt(list, n),
  );
  const [listed, listedSteps] = [optionalIntegersInput(call, 3), optionalIntegersInput(call, 4)];
  const axes = countedAxes(
    node,
    listed ? integersAt(listed, n) : (starts ?? []).map((_, axis) => axis),
    shape.length,
  );
  const steps = listedSteps && integersAt(listedSteps, n);
  const places: Places[] = shape.map((count) => ({ start: 0, step: 1, count }));
  axes.forEach((axis, at) => {
    const [start, end, step] = [starts?.[at], ends?.[at], steps ? steps[at] : 1];
    if (start === undefined || end === undefined || step === undefined || step === 0) {
      throw refusedNode(node, "a start, an end and a step for each axis", `axis ${axis}`);
    }
    places[axis] = placesOf(start, end, step, shape[axis] ?? 0);
  });
  return places;
}

export const slice = slicing(slicePlaces);

/** Start and end count from the end where they are negative, and stay within the tensor. */
function placesOf(start: number, end: number, step: number, size: number): Places {
  const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
  const within = (place: number): number =>
    Math.min(highest, Math.max(lowest, place < 0 ? place + size : place));
  const first = within(start);
  return { start: first, step, count: Math.max(0, Math.ceil((within(end) - first) / step)) };
}
