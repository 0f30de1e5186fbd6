/**
 * An attack on everything that reads a network's file: files of every architecture, damaged at
 * random, are taken as the page takes them, built, and run.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { imageBatch } from "../../../../src/core/data/images";
import { noClass, type ClassIndices } from "../../../../src/core/data/form";
import { LabError } from "../../../../src/core/errors";
import { frozenNetwork } from "../../../../src/core/nets/network";
import { seeded } from "../../../../src/core/random/generator";
import { scoreNetwork } from "../../../../src/core/scoring/score";
import { tf } from "../../../../src/core/tensor/tf";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import { validateModelFile } from "../../../../src/engine/worker/validate-model-file";
import { useBackend } from "../../backend";
import { randomImages, tinyFolder } from "../../fixtures";
import { isNightly, nightlySeed } from "../../nightly";
import { hostileFile } from "./hostile-files";
import { mutated } from "./mutations";
import { networkFile, randomState } from "./network-files";
import { edited, editOf, fileOf, piecesOf, type Edit, type Piece } from "./odd-networks";

/** No file here has more than 50 KB. */
const patienceMs = 10_000;

interface Base {
  readonly pieces: readonly Piece[];
  readonly metadata?: Readonly<Record<string, string>>;
}

const tiny = (id: string): Uint8Array =>
  new Uint8Array(readFileSync(resolve(tinyFolder, `${id}.safetensors`)));

const bases: [Base, ...Base[]] = [
  { pieces: piecesOf(tiny("tiny-a")) },
  { pieces: piecesOf(tiny("tiny-three")) },
  { pieces: piecesOf(tiny("tiny-animals")) },
  { pieces: piecesOf(networkFile(randomState({ family: "myrtle", width: 2 }))) },
  { pieces: piecesOf(tiny("tiny-vit-a")), metadata: { heads: "2" } },
];

/** Float32 bytes of one number, again and again. */
function filledWith(value: number, { shape }: Piece): Partial<Piece> {
  const size = shape.reduce((product, axis) => product * axis, 1);
  const bytes = new Uint8Array(new Float32Array(size).fill(value).buffer);
  return { dtype: "F32", bytes };
}

/** Parameters of finite, enormous values: none is wrong alone. */
const blow = fc.record({
  kind: fc.constant("blow" as const),
  /** Which parameters: every one whose place leaves this remainder. */
  modulus: fc.integer({ min: 1, max: 7 }),
  remainder: fc.nat(6),
  exponent: fc.double({ min: 0, max: 38, noNaN: true }),
  sign: fc.constantFrom(1, -1),
});
type Blow = typeof blow extends fc.Arbitrary<infer T> ? T : never;

function blown(pieces: readonly Piece[], { modulus, remainder, exponent, sign }: Blow) {
  return pieces.map((piece, place) =>
    place % modulus === remainder % modulus
      ? { ...piece, ...filledWith(sign * 10 ** exponent, piece) }
      : piece,
  );
}

/** A network's file with some changes: to parameters first, then to bytes. */
const damagedNetwork = fc
  .integer({ min: 0, max: bases.length - 1 })
  .chain((at) => {
    const base = bases[at] ?? bases[0];
    const names = base.pieces.map(({ name }) => name);
    return fc.record({
      base: fc.constant(base),
      blows: fc.array(blow, { maxLength: 2 }),
      edits: fc.oneof(
        { weight: 2, arbitrary: fc.constant<Edit[]>([]) },
        { weight: 1, arbitrary: fc.array(editOf(names), { minLength: 1, maxLength: 2 }) },
      ),
      bytes: fc.option(fc.nat(), { freq: 2 }),
    });
  })
  .map(({ base, blows, edits, bytes }) => {
    const pieces = edits.reduce(edited, blows.reduce(blown, base.pieces));
    const file = fileOf(pieces, base.metadata);
    return bytes === null ? file : mutated(file, seeded(bytes));
  });

const anyFile = fc.oneof(
  { weight: 9, arbitrary: damagedNetwork },
  { weight: 1, arbitrary: hostileFile },
);

const images = randomImages(3);

/**
 * Runs an accepted network on images that nobody has checked it with.
 *
 * @returns whether all logits are finite; where not, scoring must say so
 */
async function isFinite(bytes: Uint8Array): Promise<boolean> {
  const validated = await validateModelFile({ name: "attack", bytes, wanted: [] });
  // Only together with another file is it a network.
  if ("part" in validated) return true;
  if ("bytes" in validated) throw new Error("only ONNX files are copied");
  const network = frozenNetwork(parseSafetensors(bytes, "attack"), validated.architecture);
  try {
    const batch = imageBatch(images, Uint32Array.from(images.labels.keys()));
    const logits = tf.tidy(() => network.logits(batch));
    const rows = await logits.array();
    tf.dispose([batch, logits]);
    let predicted: ClassIndices = new Uint8Array();
    for await (const event of scoreNetwork(network, images, 2)) {
      predicted = event.predicted?.[0] ?? predicted;
    }
    for (const [image, row] of rows.entries()) {
      const hasClass = predicted[image] !== noClass(predicted);
      if (hasClass && !row.every(Number.isFinite)) throw new Error(`logits of ${row.join(", ")}`);
      // Logits whose sum overflows are as good as infinite.
      const isSmall = row.every((logit) => Math.abs(logit) < 1e37);
      if (!hasClass && isSmall) throw new Error(`no class for ${row.join(", ")}`);
    }
    return rows.flat().every(Number.isFinite);
  } finally {
    network.dispose();
  }
}

// The same seed attacks with the same files.
const { seed, cases } = isNightly
  ? { seed: nightlySeed("weight files"), cases: 10_000 }
  : { seed: 20_210_614, cases: 300 };
beforeAll(() => useBackend("wasm"));

test(
  `${cases} damaged networks are each refused or run, never anything else`,
  { timeout: 900_000 },
  async () => {
    const counts = { finite: 0, notFinite: 0, refused: 0 };
    const before = tf.memory().numTensors;
    await fc.assert(
      fc.asyncProperty(anyFile, async (file) => {
        const startedMs = performance.now();
        try {
          counts[(await isFinite(file)) ? "finite" : "notFinite"]++;
        } catch (thrown) {
          if (!(thrown instanceof LabError)) throw thrown;
          if (thrown.input === "") throw new Error("an error that names nothing");
          counts.refused++;
        }
        const elapsedMs = performance.now() - startedMs;
        if (elapsedMs > patienceMs) throw new Error(`it took ${elapsedMs} ms`);
        const left = tf.memory().numTensors - before;
        if (left !== 0) throw new Error(`${left} tensors left behind`);
      }),
      { numRuns: cases, seed },
    );
    // The damage is neither harmless nor hopeless.
    expect(counts.finite).toBeGreaterThan(cases / 50);
    expect(counts.refused).toBeGreaterThan(cases / 5);
  },
);
