/** Operators along axes that work in any layout, once their axes are renamed. */
import type { GraphNode, ValueName } from "../graph";
import { hostIntegers, type HostTensor } from "../host-tensor";
import { integerAttribute, optionalIntegers } from "../operators/interface/attributes";

export interface Remapped {
  readonly node: GraphNode;
  readonly constants: ReadonlyMap<ValueName, HostTensor>;
  /** Whether the output has the input's layout; false when axes are gone. */
  readonly keepsAxes: boolean;
}

/** The attribute `axis`, counted from the front. */
export function axisOf(node: GraphNode, rank: number, otherwise = 0): number {
  const axis = integerAttribute(node, "axis", otherwise);
  return axis < 0 ? axis + rank : axis;
}

/**
 * @param moved the new place of an axis of [n, c, h, w]
 * @returns undefined for an operator that needs the old layout
 */
export function remappedAxes(
  node: GraphNode,
  moved: (axis: number) => number,
  constants: ReadonlyMap<ValueName, HostTensor>,
): Remapped | undefined {
  const counted = (axis: number): number => moved(axis < 0 ? axis + 4 : axis);
  const none = new Map<ValueName, HostTensor>();
  const integers = (at: number): HostTensor | undefined => {
    const name = node.inputs[at];
    return name === undefined ? undefined : constants.get(name);
  };
  switch (node.operator) {
    case "Softmax": {
      const axis = axisOf(node, 4, -1);
      const changed = (attributes: GraphNode["attributes"]): Remapped => ({
        node: withAttributes(node, attributes),
        constants: none,
        keepsAxes: true,
      });
      if (integerAttribute(node, "overRest", 0) === 0) return changed({ axis: moved(axis) });
      // Of an image the axes after the first two are the same ones in any order; height goes with width.
      if (axis <= 1) return changed({ axis });
      return axis === 3 ? changed({ axis: moved(axis), overRest: 0 }) : undefined;
    }
    case "ReduceMean": {
      const axes = optionalIntegers(node, "axes")?.map(counted);
      if (!axes) return undefined;
      const keeps = integerAttribute(node, "keepdims", 1) === 1;
      // Without its axes the rest must be in the old order: [n, c].
      if (!keeps && !isPooling(axes)) return undefined;
      return { node: withAttributes(node, { axes }), constants: none, keepsAxes: keeps };
    }
    case "Slice": {
      const axes = integers(3);
      if (!axes) return undefined;
      return renamed(node, 3, hostIntegers(axes.shape, Array.from(axes.data, counted)));
    }
    case "Pad": {
      const pads = integers(1);
      if (pads?.data.length !== 8) return undefined;
      const out = new Float64Array(8);
      for (let axis = 0; axis < 4; axis++) {
        out[moved(axis)] = pads.data[axis] ?? 0;
        out[moved(axis) + 4] = pads.data[axis + 4] ?? 0;
      }
      return renamed(node, 1, hostIntegers([8], out));
    }
    default:
      return undefined;
  }
}

function isPooling(axes: readonly number[]): boolean {
  return axes.length === 2 && axes.includes(1) && axes.includes(2);
}

function withAttributes(node: GraphNode, changed: GraphNode["attributes"]): GraphNode {
  return { ...node, attributes: { ...node.attributes, ...changed } };
}

/** The node with another constant in one of its places. */
function renamed(node: GraphNode, at: number, constant: HostTensor): Remapped {
  const name = `${node.output} (input ${at + 1}, channels last)`;
  return {
    node: { ...node, inputs: node.inputs.map((input, place) => (place === at ? name : input)) },
    constants: new Map([[name, constant]]),
    keepsAxes: true,
  };
}
