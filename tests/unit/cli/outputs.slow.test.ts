/** The command line as a process: its outputs and its status. */
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportSchema, type Report } from "../../../src/experiment/report";
import { cyclicNetwork, networkOf, smallOpenNetwork } from "../core/onnx/written-onnx";
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
    // Copies of files are kept there, not in the home of whoever runs the tests.
    const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache") };
    const child = execFile(process.execPath, command, { cwd: root, env }, (_, stdout, stderr) =>
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

const fixture = (name: string): Buffer => readFileSync(join(root, "tests/fixtures/onnx", name));

/** Files that are no networks, and what is said of them on one line. */
const hostile: readonly (readonly [what: string, bytes: () => Uint8Array, said: RegExp])[] = [
  ["truncated", () => fixture("resnet18.onnx").subarray(0, 40_000), /expected .*, found /],
  ["cyclic", cyclicNetwork, /expected .*, found a cycle$/],
  ["of absurd sizes", () => smallOpenNetwork(40_000), /expected values of at most \d+ numbers/],
  ["with an unknown operator", () => networkOf("Einsum"), /node active: expected .* found Einsum$/],
];

test.each(hostile)(
  "an ONNX file %s is refused in one line, and stored results stay",
  async (...row) => {
    const [, bytes, said] = row;
    const path = join(folder, "hostile.onnx");
    await writeFile(path, bytes());
    const kept = join(folder, "kept");
    await mkdir(kept, { recursive: true });
    await writeFile(join(kept, "mine"), "mine");
    const out = join(folder, "report.json");
    await writeFile(out, "an earlier report");
    const options = ["--protocol", "glance", "--store", kept, "--out", out];
    const { code, stdout, stderr } = await stitch(
      ...["--top", path, "--bottom", join(tiny, "tiny-a.safetensors"), ...options],
    );
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr.trim()).toMatch(said);
    expect(stderr).not.toContain("This is a bug");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(await readFile(join(kept, "mine"), "utf8")).toBe("mine");
    expect(await readFile(out, "utf8")).toBe("an earlier report");
  },
);

test("an address says how a file is read, and the command line reads it so again", async () => {
  const path = join(root, "tests/fixtures/onnx/resnet18.onnx");
  const out = join(folder, "all-layers.json");
  const sha256 = createHash("sha256").update(fixture("resnet18.onnx")).digest("hex");
  const ref = `sha256:${sha256}:taps=all`;
  const rest = "protocol=glance&sites=1&train=128&test=64&backend=wasm";
  const read = async (...args: readonly string[]): Promise<Report> => {
    const { stderr, code } = await stitch(...args, "--out", out);
    expect(code, stderr).toBe(0);
    return reportSchema.parse(JSON.parse(await readFile(out, "utf8")));
  };
  const [first] = (await read(...brief, "--bottom", `${path}:taps=all`)).curves;
  expect(first.bottom.id).toBe(ref);
  const link = `#v=3&bottom=${ref}&top=resnet18-w16-s0&${rest}`;
  const top = join(tiny, "tiny-a.safetensors");
  const [again] = (await read("--link", link, "--bottom", path, "--top", top)).curves;
  expect(again.bottom).toEqual(first.bottom);
  expect(again.sites[0]?.penalty).toBe(first.sites[0]?.penalty);
});

test("asked to agree with the top, the table says disagreement", async () => {
  const { stdout, code } = await stitch(...brief, "--target", "top");
  expect(stdout).toContain("test disagreement 0.00 ± 0.00 %");
  expect(stdout).toContain("Disagreement: test images answered differently from the top (A)");
  expect(code).toBe(0);
});
