/**
 * A linear head in a file of its own, as the authors of self-supervised networks publish it: joined
 * to its trunk, it makes a network.
 */
import { LabError } from "../errors";
import { metadataOf, parseSafetensors } from "../weights/safetensors";
import { checkParameter, type State, type StateTensor } from "../weights/state";
import { writeSafetensors } from "../weights/write-safetensors";
import { plainNames } from "./published-names";
import { resnetFeatures } from "./recognise-resnet";

export interface GivenFile {
  /** How errors name it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Returns one safetensors file of a ResNet's trunk and its linear head, with the trunk's metadata.
 *
 * @throws LabError `bad-file` for a trunk that is not a ResNet's or has a head, `bad-file` or
 *   `bad-shape` for a head that is more than one linear layer of the trunk's features
 */
export function withLinearHead(trunk: GivenFile, head: GivenFile): Uint8Array {
  const state = plainNames(parseSafetensors(trunk.bytes, trunk.name), trunk.name);
  if (state.has("fc.weight")) {
    throw new LabError({
      code: "bad-file",
      input: trunk.name,
      expected: "a trunk without a head",
      found: "fc.weight",
    });
  }
  const features = resnetFeatures(state, trunk.name);
  const layer = linearLayer(parseSafetensors(head.bytes, head.name), features, head.name);
  return writeSafetensors(new Map([...state, ...layer]), metadataOf(trunk.bytes, trunk.name));
}

/** The only layer of a file, as `fc`. */
function linearLayer(state: State, features: number, name: string): State {
  const keys = [...state.keys()];
  const path = /^(.*\.)?weight$/.exec(keys.find((key) => /(^|\.)weight$/.test(key)) ?? "")?.[1];
  const [weight, bias] = [`${path ?? ""}weight`, `${path ?? ""}bias`];
  const other = keys.find((key) => key !== weight && key !== bias);
  const rows = state.get(weight)?.shape[0] ?? 0;
  if (other !== undefined || rows < 2) {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: `one linear layer: weight [classes,${features}] of two or more classes, and bias`,
      found: keys.length === 0 ? "none" : keys.slice(0, 5).join(", "),
    });
  }
  const fields: [string, StateTensor][] = [
    ["fc.weight", checkParameter(state, weight, [rows, features])],
    ["fc.bias", state.has(bias) ? checkParameter(state, bias, [rows]) : zeros(rows)],
  ];
  return new Map(fields);
}

function zeros(length: number): StateTensor {
  return { shape: [length], values: new Float32Array(length) };
}
