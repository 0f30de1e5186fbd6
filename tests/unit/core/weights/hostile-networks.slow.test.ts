import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { architectureSchema } from "../../../../src/core/nets/architecture-schema";
import { frozenNetwork } from "../../../../src/core/nets/network";
import { tf } from "../../../../src/core/tensor/tf";
import { recogniseArchitecture } from "../../../../src/core/nets/recognise/recognise";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import { useBackend } from "../../backend";
import { tinyFolder } from "../../fixtures";
import { edited, editOf, fileOf, piecesOf } from "./odd-networks";

beforeAll(() => useBackend("cpu"));

const pieces = piecesOf(readFileSync(resolve(tinyFolder, "tiny-a.safetensors")));
const names = pieces.map(({ name }) => name);

const edit = editOf(names);

test("500 sound files of odd networks are each built or refused by name, and leave no tensor behind", () => {
  const counts = { built: 0, refused: 0 };
  const before = tf.memory().numTensors;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const file = fileOf(edits.reduce(edited, pieces));
      try {
        // A name that comes twice leaves the first one's bytes to nobody, and is refused for that.
        const state = parseSafetensors(file, "odd");
        const architecture = recogniseArchitecture(state, "odd");
        frozenNetwork(state, architecture).dispose();
        counts.built++;
        architectureSchema.parse(architecture);
      } catch (thrown) {
        if (!(thrown instanceof LabError)) throw thrown;
        if (thrown.input === "") throw new Error("an error that names nothing");
        counts.refused++;
      }
    }),
    { numRuns: 500, seed: 20_210_614 },
  );
  expect(counts.built).toBeGreaterThan(10);
  expect(counts.refused).toBeGreaterThan(200);
  expect(tf.memory().numTensors).toBe(before);
});
