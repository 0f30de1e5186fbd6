import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { frozenNetwork } from "../../../../src/core/nets/network";
import { seeded } from "../../../../src/core/random/generator";
import { tf } from "../../../../src/core/tensor/tf";
import { recogniseArchitecture } from "../../../../src/core/nets/recognise/recognise";
import { parseSafetensors } from "../../../../src/core/weights/safetensors";
import { useBackend } from "../../backend";
import { tinyFolder } from "../../fixtures";
import { mutated } from "./mutations";
import { bytesOf, safetensorsFile } from "./safetensors-file";

beforeAll(() => useBackend("cpu"));

/** Runs `read` on damaged copies; returns how many were read, how many refused. */
function outcomes(
  file: Uint8Array,
  copies: number,
  read: (bytes: Uint8Array) => void,
): { read: number; refused: number; defects: string[] } {
  const counts = { read: 0, refused: 0, defects: [] as string[] };
  for (let seed = 0; seed < copies; seed++) {
    try {
      read(mutated(file, seeded(seed)));
      counts.read++;
    } catch (thrown) {
      if (thrown instanceof LabError) counts.refused++;
      else counts.defects.push(`seed ${seed}: ${String(thrown)}`);
    }
  }
  return counts;
}

test("300 damaged copies of a small file are each read or refused, never anything else", () => {
  const file = safetensorsFile(
    {
      __metadata__: { format: "pt" },
      "conv1.weight": { dtype: "F16", shape: [2, 1, 1, 1], data_offsets: [0, 4] },
      "bn1.weight": { dtype: "F32", shape: [2], data_offsets: [4, 12] },
      "bn1.num_batches_tracked": { dtype: "I64", shape: [], data_offsets: [12, 20] },
    },
    bytesOf(Uint16Array.of(0x3c00, 0x4000), Float32Array.of(1, 2), BigInt64Array.of(7n)),
  );
  const { read, refused, defects } = outcomes(file, 300, (bytes) => {
    parseSafetensors(bytes, "damaged");
  });
  expect(defects).toEqual([]);
  // The damage is neither harmless nor hopeless.
  expect(read).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(100);
});

test("150 damaged copies of a network are each built or refused, and leave no tensor behind", () => {
  const file = readFileSync(resolve(tinyFolder, "tiny-a.safetensors"));
  const before = tf.memory().numTensors;
  const { read, refused, defects } = outcomes(file, 150, (bytes) => {
    const state = parseSafetensors(bytes, "damaged");
    frozenNetwork(state, recogniseArchitecture(state, "damaged")).dispose();
  });
  expect(defects).toEqual([]);
  expect(read).toBeGreaterThan(5);
  expect(refused).toBeGreaterThan(50);
  expect(tf.memory().numTensors).toBe(before);
});
