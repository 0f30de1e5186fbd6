/** Measures the network in PATH.onnx with the reference in PATH.reference.safetensors; prints JSON. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { performance } from "node:perf_hooks";
import type { Graph } from "../../src/core/graph/graph";
import { graphSegments } from "../../src/core/graph/graph-segments";
import { sizeOf } from "../../src/core/graph/host-tensor";
import { optimised } from "../../src/core/graph/optimise";
import { operatorOf } from "../../src/core/graph/passes/fold-constants";
import { callOf, shapesOf } from "../../src/core/graph/shapes";
import { defaultTaps } from "../../src/core/graph/taps";
import { readOnnx } from "../../src/core/onnx/read-onnx";
import { startWasm } from "../../src/core/tensor/wasm/start";
import { tf, type Tensor4D } from "../../src/core/tensor/tf";
import { metadataOf, parseSafetensors } from "../../src/core/weights/safetensors";
import type { Measured } from "./measured";

const [path = "", rounds = "3"] = process.argv.slice(2);
const name = basename(path);
const file = await readFile(`${path}.onnx`);
const read = readOnnx(file, name);
const graph = optimised(read);
const taps = defaultTaps(graph);

const referenceBytes = await readFile(`${path}.reference.safetensors`);
const reference = parseSafetensors(referenceBytes, name);
const [n = 0, c = 0, h = 0, w = 0] = reference.get("images")?.shape ?? [];
const expected = reference.get("logits")?.values ?? new Float32Array();

await startWasm(undefined);
const values = reference.get("images")?.values ?? new Float32Array();
const images = tf.tidy(() =>
  tf.transpose<Tensor4D>(tf.tensor4d(values, [n, c, h, w]), [0, 2, 3, 1]),
);
const [build] = graphSegments(graph, []);
if (!build) throw new Error(`${name}: expected a segment, found none`);
const segment = build();

const seconds: number[] = [];
let found: ArrayLike<number> = [];
// The first pass also prepares kernels.
for (let round = 0; round <= Number(rounds); round++) {
  const startedMs = performance.now();
  const logits = segment.forward(images);
  found = logits.dataSync();
  logits.dispose();
  if (round > 0) seconds.push((performance.now() - startedMs) / 1000 / n);
}

const measured: Measured = {
  name,
  side: h,
  fileBytes: file.byteLength,
  nodes: read.nodes.length,
  operators: graph.nodes.length,
  kinds: new Set(graph.nodes.map(({ operator }) => operator)).size,
  taps: taps.length,
  parameters: Number(metadataOf(referenceBytes, name).get("parameters")),
  flops: flopsOf(graph),
  difference: relativeDifference(found, expected),
  secondsAnImage: seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? NaN,
};
console.log(JSON.stringify(measured));

/** Of one image. */
function flopsOf(graph: Graph): number {
  const shapes = shapesOf(graph, 1);
  return graph.nodes.reduce((sum, node) => {
    const output = shapes.get(node.output) ?? [];
    const { flops } = operatorOf(node, graph.name);
    return sum + (flops?.(callOf(graph, node, shapes, 1), output) ?? sizeOf(output));
  }, 0);
}

function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return NaN;
  let [difference, largest] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    const value = expected[at] ?? NaN;
    difference = Math.max(difference, Math.abs(value - (found[at] ?? NaN)));
    largest = Math.max(largest, Math.abs(value));
  }
  return difference / largest;
}
