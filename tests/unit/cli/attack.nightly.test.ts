/**
 * Attacks on the command line that differ every night: odd options, damaged stores, kills. Whatever
 * happens ends with status 0, 1 or 2 and in words, and no result changes.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seeded, type Generator } from "../../../src/core/random/generator";
import { helpText } from "../../../src/cli/help";
import { reportSchema } from "../../../src/experiment/report";
import { nightlySeed } from "../nightly";

const root = resolve(import.meta.dirname, "../../..");
const tiny = join(root, "tests/fixtures/tiny");
const brief = [
  ...["--top", join(tiny, "tiny-a.safetensors"), "--bottom", join(tiny, "tiny-b.safetensors")],
  ...["--sites", "1", "--train-images", "256", "--test-images", "64", "--epochs", "2"],
];

let folder = "";
let expected: unknown;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stitch-lab-attack-"));
  const out = join(folder, "expected.json");
  expect(await stitch([...brief, "--out", out])).toMatchObject({ code: 0 });
  expected = await untimedReport(out);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

interface Ending {
  readonly code: number | null;
  readonly stderr: string;
}

/** @param killAfterMs when to kill the process; undefined for never */
function stitch(args: readonly string[], killAfterMs?: number): Promise<Ending> {
  return new Promise((end) => {
    const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], {
      cwd: root,
      // Relative paths are those of a folder that is removed.
      env: { ...process.env, INIT_CWD: folder },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const killing =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    child.on("close", (code) => {
      clearTimeout(killing);
      end({ code, stderr });
    });
  });
}

async function untimedReport(path: string): Promise<unknown> {
  const { curves, ...rest } = reportSchema.parse(JSON.parse(await readFile(path, "utf8")));
  const untimed = curves.map((curve) => ({
    ...curve,
    sites: curve.sites.map((site) => ({ ...site, seconds: 0 })),
  }));
  return { ...rest, curves: untimed };
}

function pick<T>(random: Generator, from: readonly T[]): T {
  const found = from[random.below(from.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

const optionNames = [...helpText.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name ?? "");
const oddValues = [
  ...["", " ", "-1", "0", "1e9", "99999999999999999999", "NaN", "\u{1F9F5}", "a\nb", "--", "null"],
  ...["/dev/null", "/proc/none/x", ".", "none.safetensors", "#", "#v=3", "x".repeat(20_000)],
  ...["all", "0,0,0", "quick", "rank-0", "noise--1", "kernel-4", "grid", ",,,,", "resnet18-w16-s0"],
];

test("odd command lines end in words", { timeout: 400_000 }, async () => {
  const random = seeded(nightlySeed("command lines"));
  for (let round = 0; round < 60; round++) {
    const options = Array.from({ length: 1 + random.below(4) }, () => {
      const name = pick(random, optionNames);
      return pick(random, [
        [name],
        [name, pick(random, oddValues)],
        [`${name}=${pick(random, oddValues)}`],
      ]);
    });
    // What is valid after all must not compute for minutes.
    const args = [...options.flat(), "--sites", "0", "--train-images", "4", "--test-images", "1"];
    const { code, stderr } = await stitch(args, 60_000);
    expect([0, 1, 2], JSON.stringify(args)).toContain(code);
    expect(stderr, JSON.stringify(args)).not.toMatch(/This is a bug|\n {4}at /);
  }
});

test("a damaged store changes no result", { timeout: 400_000 }, async () => {
  const random = seeded(nightlySeed("damaged stores"));
  const store = join(folder, "damaged");
  const out = join(folder, "damaged.json");
  for (let round = 0; round < 12; round++) {
    expect(await stitch([...brief, "--store", store, "--out", out])).toMatchObject({ code: 0 });
    expect(await untimedReport(out)).toEqual(expected);
    const results = join(store, "results");
    for (const name of await readdir(results)) {
      if (random.uniform() < 0.6) await damage(join(results, name), results, random);
    }
  }
});

async function damage(path: string, results: string, random: Generator): Promise<void> {
  const bytes = await readFile(path);
  const at = random.below(bytes.length);
  switch (pick(random, ["bit", "cut", "longer", "swap", "remove"] as const)) {
    case "bit":
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      await writeFile(path, bytes);
      return;
    case "cut":
      await writeFile(path, bytes.subarray(0, at));
      return;
    case "longer":
      await writeFile(path, Buffer.concat([bytes, bytes.subarray(at)]));
      return;
    case "swap": {
      const other = join(results, pick(random, await readdir(results)));
      if (other === path) return;
      await rename(other, `${other}.moved`);
      await rename(path, other);
      await rename(`${other}.moved`, path);
      return;
    }
    case "remove":
      await rm(path);
  }
}

test("a run killed at any time resumes to the same report", { timeout: 400_000 }, async () => {
  const random = seeded(nightlySeed("kills"));
  for (let round = 0; round < 4; round++) {
    const store = join(folder, `killed-${round}`);
    const out = join(folder, `killed-${round}.json`);
    for (let kills = 0; kills < 5; kills++) {
      await stitch([...brief, "--store", store, "--out", out], 1_000 + random.below(3_000));
    }
    expect(await stitch([...brief, "--store", store, "--out", out])).toMatchObject({ code: 0 });
    expect(await untimedReport(out)).toEqual(expected);
  }
});
