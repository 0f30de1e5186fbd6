/**
 * Narrow versions of torchvision's architectures, exported by PyTorch (`python3 -m zoo.exports
 * tests/fixtures/onnx --narrow`), and how far their logits and stitch gradients are from PyTorch's.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtNetwork, readNetworkFile } from "../../../../src/core/nets/network-file";
import type { FrozenNetwork } from "../../../../src/core/nets/network";
import { lossAbove } from "../../../../src/core/stitch/training/gradient";
import { deviceStitch } from "../../../../src/core/stitch/device-stitch";
import { kernels } from "../../../../src/core/tensor/backend";
import { tf, type Rank, type Tensor, type Tensor4D } from "../../../../src/core/tensor/tf";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import { parameter, type State } from "../../../../src/core/weights/state";
import { fixturesFolder } from "../../fixtures";

const folder = join(fixturesFolder, "onnx");
const classes = 10;

/** A network, and what PyTorch computes with it. */
export interface TorchvisionExport {
  readonly network: FrozenNetwork;
  readonly reference: State;
}

/** @returns a network on the current backend, which the caller disposes */
export function torchvisionExport(name: string): TorchvisionExport {
  const network = builtNetwork(readNetworkFile(exportedBytes(name), name));
  const path = join(folder, `${name}.reference.safetensors`);
  return { network, reference: parseSafetensors(new Uint8Array(readFileSync(path)), name) };
}

export function exportedBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, `${name}.onnx`)));
}

/** A tap after a block of which the reference has the gradients of a stitch. */
export interface Site {
  readonly tap: number;
  /** PyTorch's name of the block. */
  readonly block: string;
}

/** The taps that have a reference. PyTorch's names begin with those of the blocks around. */
export function sitesOf({ network, reference }: TorchvisionExport): Site[] {
  const ending = ".weight_gradient";
  const blocks = [...reference.keys()].flatMap((key) =>
    key.endsWith(ending) ? [key.slice(0, -ending.length)] : [],
  );
  return network.taps.flatMap(({ name, index }) => {
    const block = blocks.find((candidate) => `.${candidate}`.endsWith(`.${name}`));
    return block === undefined ? [] : [{ tap: index, block }];
  });
}

/** @returns the difference of the logits from PyTorch's */
export async function logitsError(example: TorchvisionExport): Promise<number> {
  const { network, reference } = example;
  const logits = tf.tidy(() => network.logits(imagesOf(reference)));
  return await errorOf(logits, reference, "logits");
}

/** @returns the largest difference from PyTorch's gradients of a stitch that is the identity */
export async function stitchError(example: TorchvisionExport, site: Site): Promise<number> {
  const { network, reference } = example;
  const { weight, bias } = tf.tidy(() => identityGradient(network, imagesOf(reference), site.tap));
  return Math.max(
    await errorOf(weight, reference, `${site.block}.weight_gradient`),
    await errorOf(bias, reference, `${site.block}.bias_gradient`),
  );
}

/** [n, h, w, 3] */
function imagesOf(reference: State): Tensor4D {
  const { shape = [] } = reference.get("images") ?? {};
  const [n = 0, c = 0, h = 0, w = 0] = shape;
  const values = parameter(reference, "images", shape);
  return tf.transpose(tf.tensor4d(values, [n, c, h, w]), [0, 2, 3, 1]);
}

/**
 * The gradient of the cross-entropy of the labels 0, 1, 2 and 3 with respect to the weights and the
 * bias of a stitch from a network to itself that changes nothing. To be called inside a `tidy`.
 *
 * @returns weight [c₂, c₁] and bias [c₂]
 */
function identityGradient(
  network: FrozenNetwork,
  images: Tensor4D,
  tap: number,
): { weight: Tensor; bias: Tensor } {
  const x = network.bottom(images, tap);
  const [n, , , c] = x.shape;
  const weight = Float64Array.from({ length: c * c }, (_, at) => (at % (c + 1) === 0 ? 1 : 0));
  const stitch = deviceStitch({ weight, bias: new Float64Array(c) });
  const { dz } = lossAbove(stitch.apply(x), tf.eye(n, classes), network, tap);
  stitch.dispose();
  const rows = tf.reshape<Rank.R2>(x, [-1, c]);
  return { weight: kernels().matMulTransposeA(dz, rows), bias: kernels().columnSums(dz) };
}

/** The largest difference, as a share of the largest value. Disposes `found`. */
async function errorOf(found: Tensor, reference: State, name: string): Promise<number> {
  const expected = reference.get(name)?.values ?? new Float32Array();
  const values = await found.data();
  found.dispose();
  if (values.length !== expected.length) return Infinity;
  const differences = Array.from(expected, (value, at) => Math.abs(value - (values[at] ?? NaN)));
  return Math.max(...differences) / Math.max(...Array.from(expected, Math.abs));
}
