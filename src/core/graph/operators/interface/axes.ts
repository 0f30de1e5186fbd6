/** Axes of ONNX's nodes, which may be counted from the end, and the whole numbers they need. */
import type { GraphNode } from "../../graph";
import { integersAt, type HostIntegers } from "../../host-tensor";
import { integerAttribute } from "./attributes";
import { constantInput, refusedNode, type Call } from "./operator";

/** @throws LabError for an axis that a tensor of this rank does not have */
function countedAxis(node: GraphNode, axis: number, rank: number): number {
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw refusedNode(node, `one of ${rank} axes`, `axis ${axis}`);
}

/** The attribute `axis`. */
export function axisAttribute(node: GraphNode, rank: number, otherwise: number): number {
  return countedAxis(node, integerAttribute(node, "axis", otherwise), rank);
}

/** @throws LabError for an axis that is not there, or there twice */
export function countedAxes(node: GraphNode, axes: readonly number[], rank: number): number[] {
  const counted = axes.map((axis) => countedAxis(node, axis, rank));
  if (new Set(counted).size === counted.length) return counted;
  throw refusedNode(node, "axes that differ", axes.join(","));
}

/** Whole numbers that must be known for any number of images when the network is loaded. */
export function integersInput(call: Call, at: number): HostIntegers {
  const constant = constantInput(call, at);
  if (constant.type === "int") return constant;
  throw refusedNode(call.node, `input ${at + 1} to be whole numbers`, `type ${constant.type}`);
}

/** Whole numbers of a call for one number of images; undefined where the input is absent. */
export function optionalIntegersInput(call: Call, at: number): HostIntegers | undefined {
  return call.node.inputs[at] === undefined ? undefined : integersInput(call, at);
}

/** The whole numbers of an input, in a call whose number of images is known. */
export function knownIntegers(call: Call, at: number): number[] {
  return integersAt(integersInput(call, at), 0);
}
