import { expect, test } from "vitest";
import { modelResult } from "../../../../src/engine/host/outcome";
import { modelResultSchema } from "../../../../src/experiment/report";

const scored = { type: "baseline", wrong: Uint8Array.of(0, 1, 0, 0) } as const;

test("a report says how a network learned where it was trained here, and nothing of others", () => {
  const model = { id: "train:seed=0", sha256: "0".repeat(64) };
  const errorByEpoch = { images: 2_000, errors: [0.5, 0.25] };
  const plain = modelResult(model, scored);
  expect(plain.testError).toBe(0.25);
  expect(plain).not.toHaveProperty("errorByEpoch");
  expect(modelResultSchema.parse(plain)).toEqual(plain);
  const trained = modelResult({ ...model, errorByEpoch }, scored);
  expect(trained).toEqual({ ...plain, errorByEpoch });
  expect(modelResultSchema.parse(trained)).toEqual(trained);
});
