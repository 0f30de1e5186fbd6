/**
 * An attack on what reads ONNX files: torchvision's architectures, damaged at random, are read as
 * the page reads a file.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { optimised } from "../../../../src/core/graph/optimise";
import { defaultTaps } from "../../../../src/core/graph/taps";
import { readOnnx } from "../../../../src/core/onnx/read-onnx";
import { seeded } from "../../../../src/core/random/generator";
import { fixturesFolder } from "../../fixtures";
import { isNightly, nightlySeed } from "../../nightly";
import { damageTo, type Damage } from "./damaged-onnx";

const folder = join(fixturesFolder, "onnx");

/** No file here has more than 700 KB, and two processes may share a core. */
const patienceMs = 20_000;
/** What the largest constant that a node may make takes, a few times. */
const mostBytes = 2_000_000_000;

const bases: Damage[] = readdirSync(folder)
  .filter((file) => file.endsWith(".onnx"))
  // By day the one large file would take most of the time.
  .filter((file) => isNightly || file !== "swin_t.onnx")
  .map((file) => damageTo(new Uint8Array(readFileSync(join(folder, file)))));

const damagedFile = fc.record({ base: fc.nat(bases.length - 1), change: fc.nat() });

// The same seed attacks with the same files.
const { seed, cases } = isNightly
  ? { seed: nightlySeed("ONNX files"), cases: 10_000 }
  : { seed: 20_210_614, cases: 300 };

test(
  `${cases} damaged ONNX files are each read or refused with a typed error`,
  { timeout: 3_600_000 },
  () => {
    const counts = { read: 0, refused: 0 };
    const before = process.resourceUsage().maxRSS;
    fc.assert(
      fc.property(damagedFile, ({ base, change }) => {
        const bytes = bases[base]?.(seeded(change)) ?? new Uint8Array();
        const startedMs = performance.now();
        try {
          defaultTaps(optimised(readOnnx(bytes, "damaged", { side: 32 })));
          counts.read++;
        } catch (thrown) {
          if (!(thrown instanceof LabError)) throw thrown;
          if (thrown.input === "")
            throw new Error("an error that names nothing", { cause: thrown });
          counts.refused++;
        }
        const elapsedMs = performance.now() - startedMs;
        if (elapsedMs > patienceMs) throw new Error(`it took ${elapsedMs} ms`);
      }),
      // Smaller numbers make no simpler files.
      { numRuns: cases, seed, endOnFailure: true },
    );
    const grownBytes = (process.resourceUsage().maxRSS - before) * 1024;
    expect(grownBytes).toBeLessThan(mostBytes);
    // The damage is neither harmless nor hopeless.
    expect(counts.read).toBeGreaterThan(cases / 20);
    expect(counts.refused).toBeGreaterThan(cases / 5);
  },
);
