// Measures how similar two representations of the same samples are: node examples/cka.mjs
import { chanceLevel, compareRepresentations } from "stitch-lab/core";

const samples = Array.from({ length: 12 }, (_, i) => i);
/** Three and five features of each sample. */
const x = samples.map((i) => [0, 1, 2].map((j) => Math.sin(1.3 * i + 0.7 * j + 0.2 * i * i)));
const y = samples.map((i) =>
  [0, 1, 2, 3, 4].map((j) => Math.cos(0.9 * i - 0.4 * j * Math.sqrt(i + 1))),
);

const similarity = compareRepresentations(x, y);
for (const [measure, value] of Object.entries(similarity)) {
  console.log(`${measure}: ${value === null ? "undefined" : value.toFixed(6)}`);
}
// What biased CKA gives for unrelated Gaussian representations of these sizes.
console.log(`chance level of biasedLinearCka: ${chanceLevel(12, 3, 5).toFixed(6)}`);
