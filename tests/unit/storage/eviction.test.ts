import fc from "fast-check";
import { expect, test } from "vitest";
import { selectVictims } from "../../../src/storage/eviction";
import type { EntryUsage } from "../../../src/storage/tables";

const use: fc.Arbitrary<EntryUsage> = fc.record({
  table: fc.constantFrom("assets", "results", "checkpoints"),
  key: fc.uuid(),
  sizeBytes: fc.integer({ min: 1, max: 1_000 }),
  usedAtMs: fc.nat(50),
});

const size = (uses: readonly EntryUsage[]): number =>
  uses.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

test("just enough is evicted, and nothing if everything would not be enough", () => {
  fc.assert(
    fc.property(fc.array(use), fc.integer({ min: 1, max: 5_000 }), (uses, needed) => {
      const gone = selectVictims(uses, needed);
      if (size(uses) < needed) expect(gone).toEqual([]);
      else {
        expect(size(gone)).toBeGreaterThanOrEqual(needed);
        expect(size(gone.slice(0, -1))).toBeLessThan(needed);
      }
    }),
  );
});

test("what stays in a table was used no earlier than what is evicted", () => {
  fc.assert(
    fc.property(fc.array(use), fc.integer({ min: 1, max: 5_000 }), (uses, needed) => {
      const gone = selectVictims(uses, needed);
      for (const leaving of gone) {
        for (const staying of uses.filter((other) => !gone.includes(other))) {
          if (staying.table !== leaving.table) continue;
          expect(staying.usedAtMs).toBeGreaterThanOrEqual(leaving.usedAtMs);
        }
      }
    }),
  );
});

test("no result is evicted while a file or a checkpoint is enough", () => {
  const result = { table: "results", key: "r", sizeBytes: 10, usedAtMs: 1 } as const;
  const checkpoint = { table: "checkpoints", key: "c", sizeBytes: 10, usedAtMs: 9 } as const;
  const file = { table: "assets", key: "a", sizeBytes: 10, usedAtMs: 0 } as const;
  const uses = [result, checkpoint, file];
  expect(selectVictims(uses, 10)).toEqual([file]);
  expect(selectVictims(uses, 20)).toEqual([file, checkpoint]);
  expect(selectVictims(uses, 30)).toEqual([file, checkpoint, result]);
});
