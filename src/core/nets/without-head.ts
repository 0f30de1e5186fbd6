/**
 * Any network without its last linear layer, which another one may replace: what it gives for an
 * image are the features that the layer read. A network that does not end in a linear layer gives
 * its outputs, or their means over height and width.
 */
import { LabError } from "../errors";
import { graphSegments } from "../graph/graph-segments";
import { foldConstants } from "../graph/passes/fold-constants";
import { shapesOf } from "../graph/shapes";
import { featuresValue, onnxMetadata, withOnnxHead } from "../onnx/exchange-head";
import { readOnnx } from "../onnx/read-onnx";
import type { LinearParameters } from "../tensor/linear";
import type { Tensor2D, Tensor4D } from "../tensor/tf";
import { metadataOf, type Metadata } from "../weights/safetensors";
import { inputOf } from "./architecture";
import type { ImageShape } from "./architecture-schema";
import { featureNetwork, readWithoutHead, withFittedHead, type GivenFile } from "./linear-head";
import { isOnnxFile, optimisedToNumbers, readNetworkFile } from "./network-file";

export interface NetworkWithoutHead {
  /** The images that it reads. */
  readonly input: ImageShape;
  /** Numbers that it gives for an image. */
  readonly width: number;
  /** @returns [n, width]; the caller disposes it */
  of(images: Tensor4D): Tensor2D;
  /**
   * Returns the file of the network with a linear layer in place of the one that was left out.
   *
   * @param about metadata besides the file's own
   */
  withHead(head: LinearParameters, about: Metadata): Uint8Array;
  dispose(): void;
}

/**
 * Builds it on the device.
 *
 * @throws LabError `bad-file` for a file that is no network, else naming the first parameter or node
 *   that does not fit
 */
export function networkWithoutHead(file: GivenFile): NetworkWithoutHead {
  if (isOnnxFile(file.bytes)) return graphWithoutHead(file);
  const trunk = readWithoutHead(file);
  const network = featureNetwork(trunk);
  return {
    input: inputOf(trunk.architecture),
    width: trunk.features,
    of: (images) => network.logits(images),
    withHead: (head, about) => withFittedHead(trunk, head, about),
    dispose: () => network.dispose(),
  };
}

function graphWithoutHead({ bytes, name }: GivenFile): NetworkWithoutHead {
  const input = inputOf(readNetworkFile(bytes, name).architecture);
  const whole = foldConstants(readOnnx(bytes, name, { side: input.height }));
  const output = featuresValue(whole);
  const { graph, isMap } = optimisedToNumbers({ ...whole, output });
  const shape = shapesOf(graph, 1).get(graph.output) ?? [];
  const [, width] = shape;
  if (shape.length !== 2 || width === undefined) {
    throw new LabError({
      code: "bad-file",
      input: name,
      expected: "a last layer that reads features of an image, [n, features]",
      found: `[${shape.join(",")}]`,
    });
  }
  const [segment] = graphSegments(graph, []).map((build) => build());
  if (!segment) throw new Error("a graph without taps is one segment");
  return {
    input,
    width,
    of: (images) => segment.forward(images) as Tensor2D,
    withHead: (head, about) => withOnnxHead(bytes, { value: output, isMap }, head, about),
    dispose: () => segment.dispose(),
  };
}

/** Returns what a network's file says of itself, by key. */
export function networkMetadata({ bytes, name }: GivenFile): Metadata {
  return isOnnxFile(bytes) ? onnxMetadata(bytes) : metadataOf(bytes, name);
}
