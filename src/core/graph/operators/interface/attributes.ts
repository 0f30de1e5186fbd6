/** Attributes of nodes, checked for their type when they are read. */
import type { Attribute, GraphNode } from "../../graph";
import type { HostTensor } from "../../host-tensor";
import { refusedNode } from "./operator";

/** @throws LabError for an attribute that is no number */
export function numberAttribute(node: GraphNode, name: string, otherwise: number): number {
  const value = attribute(node, name);
  if (value === undefined) return otherwise;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw refusedNode(node, `${name} to be a number`, kindOf(value));
}

/** @throws LabError for an attribute that is no whole number of safe size */
export function integerAttribute(node: GraphNode, name: string, otherwise: number): number {
  const value = numberAttribute(node, name, otherwise);
  if (Number.isSafeInteger(value)) return value;
  throw refusedNode(node, `${name} to be a whole number`, String(value));
}

/** @throws LabError for an attribute that is no list of whole numbers */
export function integersAttribute(
  node: GraphNode,
  name: string,
  otherwise: readonly number[],
): readonly number[] {
  return optionalIntegers(node, name) ?? otherwise;
}

/** @throws LabError for an attribute that is no list of whole numbers */
export function optionalIntegers(node: GraphNode, name: string): readonly number[] | undefined {
  const value = attribute(node, name);
  if (value === undefined) return undefined;
  if (isNumbers(value) && value.every(Number.isSafeInteger)) return value;
  throw refusedNode(node, `${name} to be a list of whole numbers`, kindOf(value));
}

/** @throws LabError for an attribute that is none of these texts */
export function textAttribute<T extends string>(
  node: GraphNode,
  name: string,
  allowed: readonly T[],
  otherwise: T,
): T {
  const value = attribute(node, name);
  if (value === undefined) return otherwise;
  const found = allowed.find((text) => text === value);
  if (found !== undefined) return found;
  throw refusedNode(
    node,
    `${name} to be ${allowed.join(" or ")}`,
    typeof value === "string" ? value.slice(0, 40) : kindOf(value),
  );
}

/** @throws LabError for an attribute that is no tensor */
export function tensorAttribute(node: GraphNode, name: string): HostTensor | undefined {
  const value = attribute(node, name);
  if (value === undefined || isTensor(value)) return value;
  throw refusedNode(node, `${name} to be a tensor`, kindOf(value));
}

function attribute(node: GraphNode, name: string): Attribute | undefined {
  return Object.hasOwn(node.attributes, name) ? node.attributes[name] : undefined;
}

function isNumbers(value: Attribute): value is readonly number[] {
  return Array.isArray(value);
}

function isTensor(value: Attribute): value is HostTensor {
  return typeof value === "object" && "type" in value;
}

function kindOf(value: Attribute): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return "a text";
  return isTensor(value) ? "a tensor" : "a list";
}
