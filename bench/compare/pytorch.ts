/** The other side: starts `pytorch.py` and reads what it found. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readJson } from "../../src/node/files";
import { pytorchEnvironment } from "../pytorch-environment";
import type { Job } from "./job";
import { sideSchema, type Side } from "./side";

/**
 * @param python an interpreter that has PyTorch
 * @param root the repository, where `python -m` finds the module
 */
export async function pytorchSide(job: Job, python: string, root: string): Promise<Side> {
  const folder = await mkdtemp(join(tmpdir(), "compare-"));
  try {
    const question = join(folder, "job.json");
    const answer = join(folder, "result.json");
    await writeFile(question, JSON.stringify(job));
    await run(python, ["-m", "bench.compare.pytorch", question, answer], root);
    return await readJson(answer, sideSchema);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @throws Error when the program does not start or does not end with 0 */
function run(program: string, programArguments: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Its progress is ours.
    const child = spawn(program, programArguments, {
      cwd,
      stdio: ["ignore", "inherit", "inherit"],
      env: pytorchEnvironment,
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${String(code)}`));
    });
  });
}
