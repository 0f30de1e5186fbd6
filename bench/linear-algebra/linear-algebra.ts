/**
 * Products, equations and decompositions of wide layers, ours vs. ml-matrix, in turns:
 *
 *     npx tsx bench/linear-algebra/linear-algebra.ts --sizes 256,512,1024 --rounds 3
 *
 * Times are the processor's, so that a busy machine changes the ratios little. Results must agree to
 * the last bit. 1,024 channels take a minute of processor time a round.
 */
import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  Matrix,
  SingularValueDecomposition,
} from "ml-matrix";
import * as z from "../../src/core/schema";
import { choleskyFactor, choleskySolution } from "../../src/core/linear-algebra/cholesky";
import { eigenpairs } from "../../src/core/linear-algebra/eigenpairs";
import { matrixOf } from "../../src/core/linear-algebra/matrix";
import { product } from "../../src/core/linear-algebra/products";
import {
  noVectors,
  singularValueDecomposition,
} from "../../src/core/linear-algebra/singular-values";
import { seeded } from "../../src/core/random/generator";
import { positiveNumber, readFlags, textList } from "../flags";
import { formatSpread, spreadOf } from "../spread";

const { sizes, rounds } = readFlags(
  z.strictObject({ sizes: textList, rounds: positiveNumber }),
  { sizes: "256,512", rounds: "3" },
  process.argv.slice(2),
);

interface Comparison {
  readonly name: string;
  readonly ours: () => ArrayLike<number>;
  readonly theirs: () => ArrayLike<number>;
}

function comparisonsAt(c: number): readonly Comparison[] {
  const random = seeded(0, c);
  const entries = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => random.uniform() - 0.5);
  const x = matrixOf(c, c, entries(c * c));
  const scatter = Matrix.from1DArray(2 * c, c, entries(2 * c * c)).gram();
  const [a, s] = [Matrix.from1DArray(c, c, x.values), matrixOf(c, c, scatter.to1DArray())];
  return [
    {
      name: "product",
      ours: () => product(s, x).values,
      theirs: () => scatter.mmul(a).to1DArray(),
    },
    {
      name: "equations",
      ours: () => {
        const factor = choleskyFactor(s);
        return factor ? choleskySolution(factor, x).values : [];
      },
      theirs: () => new CholeskyDecomposition(scatter).solve(a).to1DArray(),
    },
    {
      name: "eigenpairs",
      ours: () => Float64Array.from(eigenpairs(s).values),
      theirs: () =>
        new EigenvalueDecomposition(scatter, {
          assumeSymmetric: true,
        }).realEigenvalues.reverse(),
    },
    {
      name: "singular values",
      ours: () => singularValueDecomposition(x, noVectors).values,
      theirs: () =>
        new SingularValueDecomposition(a, {
          computeLeftSingularVectors: false,
          computeRightSingularVectors: false,
        }).diagonal,
    },
    {
      name: "singular vectors",
      ours: () => singularValueDecomposition(x).right.values,
      theirs: () => new SingularValueDecomposition(a).rightSingularVectors.to1DArray(),
    },
  ];
}

function timed(compute: () => ArrayLike<number>): { seconds: number; found: ArrayLike<number> } {
  const started = process.cpuUsage();
  const found = compute();
  const { user, system } = process.cpuUsage(started);
  return { seconds: (user + system) / 1e6, found };
}

/** Times of ml-matrix as multiples of ours. */
function ratiosOf({ name, ours, theirs }: Comparison): number[] {
  return Array.from({ length: rounds }, () => {
    const [old, now] = [timed(theirs), timed(ours)];
    const differs = Array.from(old.found).some((value, k) => !Object.is(value, now.found[k]));
    if (differs) throw new Error(`${name}: expected the bits of ml-matrix, found others`);
    return old.seconds / now.seconds;
  });
}

// Both sides are compiled before they are timed.
for (const { ours, theirs } of comparisonsAt(64)) {
  theirs();
  ours();
}
console.log(`times shorter than ml-matrix, median (lowest–highest) of ${rounds} rounds`);
for (const size of sizes.map(Number)) {
  for (const comparison of comparisonsAt(size)) {
    const ratios = formatSpread(spreadOf(ratiosOf(comparison)));
    console.log(`${String(size).padStart(5)} channels  ${comparison.name.padEnd(16)}  ${ratios}`);
  }
}
