/** The command line as a process: its outputs and its status. */
import { execFile, spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { casesOf } from "../nightly";

const root = resolve(import.meta.dirname, "../../..");
const tiny = join(root, "tests/fixtures/tiny");
const brief = [
  ...["--top", join(tiny, "tiny-a.safetensors"), "--bottom", join(tiny, "tiny-b.safetensors")],
  ...["--protocol", "glance", "--sites", "1", "--train-images", "128", "--test-images", "64"],
];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stitch-lab-outputs-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function stitch(...args: readonly string[]): Promise<Ending> {
  const command = ["--import", "tsx", "src/cli/main.ts", ...args];
  return new Promise((end) => {
    const child = execFile(process.execPath, command, { cwd: root }, (_, stdout, stderr) =>
      end({ code: child.exitCode, stdout, stderr }),
    );
  });
}

test.runIf(existsSync("/dev/full"))(
  "on a full device the table is printed all the same, and the failure is in words",
  async () => {
    const { code, stdout, stderr } = await stitch(...brief, "--out", "/dev/full");
    expect(stdout).toContain("Penalty and least squares");
    expect(stderr).toMatch(/--out \/dev\/full: expected a writable file, found ENOSPC[^\n]*\n$/);
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(1);
  },
);

test.runIf(existsSync("/dev/full"))(
  "a command that can write neither output nor errors ends all the same",
  { timeout: 30_000 },
  async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", "--help"], {
      cwd: root,
      stdio: ["ignore", full, full],
      timeout: 20_000,
    });
    const code = await new Promise((end) => child.on("exit", end));
    closeSync(full);
    expect(code).toBe(1);
  },
);

test("a reader that closes the output early ends the command quietly", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", "--help"], {
    cwd: root,
  });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((end) => child.on("exit", end));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test.each(casesOf([true], [false]))(
  "an interrupted run says what is kept: with a store %s",
  async (hasStore) => {
    const long = brief.map((option) => (option === "glance" ? "paper" : option));
    const interrupted = (args: readonly string[]): Promise<string> =>
      new Promise((end) => {
        const command = ["--import", "tsx", "src/cli/main.ts", ...long, "--epochs", "400", ...args];
        const child = spawn(process.execPath, command, { cwd: root });
        let stderr = "";
        child.stderr.on("data", (chunk: Buffer) => {
          stderr += chunk.toString();
          // A second interrupt would end the process at once.
          if (stderr.includes("%") && !child.killed) child.kill("SIGINT");
        });
        child.on("exit", () => end(stderr));
      });
    const store = join(folder, "store");
    const said = await interrupted(hasStore ? ["--store", store] : []);
    expect(said).toContain("experiment: expected a complete run, found a cancelled one");
    expect(said.includes(`Finished layers are kept in ${store}.`)).toBe(hasStore);
  },
);

test("asked to agree with the top, the table says disagreement", async () => {
  const { stdout, code } = await stitch(...brief, "--target", "top");
  expect(stdout).toContain("test disagreement 0.00 ± 0.00 %");
  expect(stdout).toContain("Disagreement: test images answered differently from the top (A)");
  expect(code).toBe(0);
});
