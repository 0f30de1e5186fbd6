/**
 * Trunks without a linear head, as self-supervised networks are published, or as they are left once
 * another head is to replace their own. A trunk becomes a network with a head of its authors', from a
 * file of its own, or with one that is fitted to its features.
 */
import { LabError } from "../errors";
import type { LinearParameters } from "../tensor/linear";
import { metadataOf, parseSafetensors, type Metadata } from "../weights/safetensors";
import { checkParameter, type State, type StateTensor } from "../weights/state";
import { writeSafetensors } from "../weights/write-safetensors";
import type { Architecture } from "./architecture-schema";
import { frozenNetwork, type FrozenNetwork } from "./network";
import { isOnnxFile } from "./network-file";
import { checkParameters } from "./parameters";
import { plainNames } from "./recognise/published-names";
import { recogniseArchitecture } from "./recognise/recognise";
import { isResnet, resnetFeatures } from "./recognise/resnet";
import { isVit, vitFeatures } from "./recognise/vit";

export interface GivenFile {
  /** How errors name it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A network but for its last layer. */
export interface Trunk {
  readonly state: State;
  /** Of the network with a head that gives the features themselves: as many classes as features. */
  readonly architecture: Architecture;
  /** The name of the missing layer. */
  readonly layer: string;
  /** Numbers that the missing layer reads for an image. */
  readonly features: number;
  readonly metadata: Metadata;
}

/**
 * Reads a file of a ResNet's or a Vision Transformer's trunk; undefined for any other file, also for
 * a network that has its head. Decodes no parameter.
 *
 * @throws LabError for a trunk with a parameter that does not fit
 */
export function readTrunk(file: GivenFile): Trunk | undefined {
  if (isOnnxFile(file.bytes)) return undefined;
  const state = plainNames(parseSafetensors(file.bytes, file.name), file.name);
  const kind = trunkKindOf(state, file.name);
  if (kind === undefined || state.has(`${kind.layer}.weight`)) return undefined;
  return trunkOf(state, kind, file);
}

/**
 * Reads a network from a safetensors file and leaves out its head, if it has one. Decodes no
 * parameter.
 *
 * @throws LabError `bad-file` for a file that is no network, or for a parameter that does not fit
 */
export function readWithoutHead(file: GivenFile): Trunk {
  const { bytes, name } = file;
  const state = plainNames(parseSafetensors(bytes, name), name);
  const kind = trunkKindOf(state, name) ?? myrtleKindOf(state);
  if (kind) {
    const { layer } = kind;
    const fields = [`${layer}.weight`, `${layer}.bias`];
    return trunkOf(new Map([...state].filter(([key]) => !fields.includes(key))), kind, file);
  }
  recogniseArchitecture(state, name, metadataOf(bytes, name));
  throw new LabError({
    code: "bad-file",
    input: name,
    expected: "a network with a linear head",
    found: "another one",
  });
}

function trunkOf(state: State, { layer, features }: Kind, { bytes, name }: GivenFile): Trunk {
  const metadata = metadataOf(bytes, name);
  const whole = withLayer(state, layer, {
    weight: { shape: [features, features], values: new Float32Array() },
    bias: { shape: [features], values: new Float32Array() },
  });
  const architecture = recogniseArchitecture(whole, name, metadata);
  checkParameters(whole, architecture);
  return { state, architecture, layer, features, metadata };
}

/**
 * Returns one safetensors file of a trunk and its linear head, with the trunk's metadata.
 *
 * @throws LabError `bad-file` for a trunk that is unknown or has a head, `bad-file` or `bad-shape`
 *   for a head that is more than one linear layer of the trunk's features
 */
export function withLinearHead(trunk: GivenFile, head: GivenFile): Uint8Array {
  const read = readTrunk(trunk);
  if (read) return joinedFile(read, linearLayer(head, read.features));
  throw new LabError({
    code: "bad-file",
    input: trunk.name,
    expected: "the trunk of a ResNet or a Vision Transformer, without a head",
    found: isOnnxFile(trunk.bytes) ? "an ONNX file" : lastLayerOf(trunk),
  });
}

function lastLayerOf({ bytes, name }: GivenFile): string {
  const state = plainNames(parseSafetensors(bytes, name), name);
  const kind = trunkKindOf(state, name);
  return kind ? `${kind.layer}.weight` : [...state.keys()].slice(0, 3).join(", ");
}

/** Returns one safetensors file of a trunk and a linear layer. @param about further metadata */
export function withFittedHead(
  trunk: Trunk,
  { weight, bias }: LinearParameters,
  about: Metadata,
): Uint8Array {
  const layer = {
    weight: { shape: [bias.length, trunk.features], values: weight },
    bias: { shape: [bias.length], values: bias },
  };
  return joinedFile({ ...trunk, metadata: new Map([...trunk.metadata, ...about]) }, layer);
}

/** Builds the network whose logits are the features of a trunk: its head is the identity. */
export function featureNetwork({ state, architecture, layer, features }: Trunk): FrozenNetwork {
  const identity = new Float32Array(features * features);
  for (let k = 0; k < features; k++) identity[k * features + k] = 1;
  const whole = withLayer(state, layer, {
    weight: { shape: [features, features], values: identity },
    bias: zeros(features),
  });
  return frozenNetwork(whole, architecture);
}

interface Layer {
  readonly weight: StateTensor;
  readonly bias: StateTensor;
}

/** Where a network's classifier belongs and what it reads. */
interface Kind {
  readonly layer: string;
  readonly features: number;
}

/** Undefined for a network that is not published without its classifier. */
function trunkKindOf(state: State, name: string): Kind | undefined {
  if (isResnet(state)) return { layer: "fc", features: resnetFeatures(state, name) };
  if (isVit(state)) return { layer: "head", features: vitFeatures(state) };
  return undefined;
}

function myrtleKindOf(state: State): Kind | undefined {
  const [features] = state.get("conv4.weight")?.shape ?? [];
  return features !== undefined && state.has("fc.weight") ? { layer: "fc", features } : undefined;
}

function withLayer(state: State, layer: string, { weight, bias }: Layer): State {
  return new Map([...state, [`${layer}.weight`, weight], [`${layer}.bias`, bias]]);
}

function joinedFile({ state, layer, metadata }: Trunk, fields: Layer): Uint8Array {
  return writeSafetensors(withLayer(state, layer, fields), metadata);
}

/** Returns the sizes of a file's linear layer; undefined where it has anything else. */
export function headIn({
  bytes,
  name,
}: GivenFile): { readonly classes: number; readonly features: number } | undefined {
  if (isOnnxFile(bytes)) return undefined;
  const state = parseSafetensors(bytes, name);
  const prefix = onlyLayer(state);
  if (prefix === undefined) return undefined;
  const [classes = 0, features = 0] = state.get(`${prefix}weight`)?.shape ?? [];
  return features > 0 ? { classes, features } : undefined;
}

/** The prefix of the only layer of a file: weights of two or more rows. */
function onlyLayer(state: State): string | undefined {
  const keys = [...state.keys()];
  const [, prefix = ""] =
    /^(.*\.)?weight$/.exec(keys.find((key) => /(^|\.)weight$/.test(key)) ?? "") ?? [];
  const { shape = [] } = state.get(`${prefix}weight`) ?? {};
  const isAlone = keys.every((key) => key === `${prefix}weight` || key === `${prefix}bias`);
  return isAlone && shape.length === 2 && (shape[0] ?? 0) >= 2 ? prefix : undefined;
}

/** The weight and bias of the only layer of a file. */
function linearLayer({ bytes, name }: GivenFile, features: number): Layer {
  const state = parseSafetensors(bytes, name);
  const prefix = onlyLayer(state);
  if (prefix === undefined) {
    const keys = [...state.keys()];
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: `one linear layer: weight [classes,${features}] of two or more classes, and bias`,
      found: keys.length === 0 ? "none" : keys.slice(0, 5).join(", "),
    });
  }
  const rows = state.get(`${prefix}weight`)?.shape[0] ?? 0;
  const bias = `${prefix}bias`;
  return {
    weight: checkParameter(state, `${prefix}weight`, [rows, features]),
    bias: state.has(bias) ? checkParameter(state, bias, [rows]) : zeros(rows),
  };
}

function zeros(length: number): StateTensor {
  return { shape: [length], values: new Float32Array(length) };
}
