/**
 * A linear head in a file of its own, as the authors of self-supervised networks publish it: joined
 * to its trunk, it makes a network.
 */
import { LabError } from "../errors";
import { metadataOf, parseSafetensors } from "../weights/safetensors";
import { checkParameter, type State, type StateTensor } from "../weights/state";
import { writeSafetensors } from "../weights/write-safetensors";
import { plainNames } from "./published-names";
import { isResnet, resnetFeatures } from "./recognise-resnet";
import { isVit, vitFeatures } from "./recognise-vit";

export interface GivenFile {
  /** How errors name it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Returns one safetensors file of a trunk (a ResNet's or a Vision Transformer's) and its linear
 * head, with the trunk's metadata.
 *
 * @throws LabError `bad-file` for a trunk that is unknown or has a head, `bad-file` or `bad-shape`
 *   for a head that is more than one linear layer of the trunk's features
 */
export function withLinearHead(trunk: GivenFile, head: GivenFile): Uint8Array {
  const state = plainNames(parseSafetensors(trunk.bytes, trunk.name), trunk.name);
  const { layer, features } = missingHead(state, trunk.name);
  if (state.has(`${layer}.weight`)) {
    throw new LabError({
      code: "bad-file",
      input: trunk.name,
      expected: "a trunk without a head",
      found: `${layer}.weight`,
    });
  }
  const fields = linearLayer(parseSafetensors(head.bytes, head.name), features, head.name);
  const joined = new Map(state);
  for (const [field, tensor] of fields) joined.set(`${layer}.${field}`, tensor);
  return writeSafetensors(joined, metadataOf(trunk.bytes, trunk.name));
}

/** The name of a trunk's classifier, and what it reads. */
function missingHead(state: State, name: string): { layer: string; features: number } {
  if (isResnet(state)) return { layer: "fc", features: resnetFeatures(state, name) };
  if (isVit(state)) return { layer: "head", features: vitFeatures(state) };
  throw new LabError({
    code: "bad-file",
    input: name,
    expected: "the trunk of a ResNet or a Vision Transformer",
    found: [...state.keys()].slice(0, 3).join(", "),
  });
}

/** The weight and bias of the only layer of a file. */
function linearLayer(state: State, features: number, name: string): [string, StateTensor][] {
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
  return [
    ["weight", checkParameter(state, weight, [rows, features])],
    ["bias", state.has(bias) ? checkParameter(state, bias, [rows]) : zeros(rows)],
  ];
}

function zeros(length: number): StateTensor {
  return { shape: [length], values: new Float32Array(length) };
}
