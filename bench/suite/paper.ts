/** Starts `paper.py` and reads what it found. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "../../src/core/schema";
import { readJson } from "../../src/node/files";
import { pytorchEnvironment } from "../pytorch-environment";
import type { Job } from "../compare/job";

export const paperSchema = z.object({
  pytorch: z.string(),
  tap: z.number(),
  /** A fraction. */
  penalty: z.number(),
  standardError: z.number(),
  /** Of each epoch. */
  epochSeconds: z.array(z.number()),
  /** Scoring the stitched network. */
  scoringSeconds: z.number(),
  /** Scoring the top, which a sweep does once. */
  baselineSeconds: z.number(),
  peakMegabytes: z.number(),
});
export type Paper = z.infer<typeof paperSchema>;

/** @param job with one start */
export async function paperInPyTorch(job: Job, python: string, root: string): Promise<Paper> {
  const folder = await mkdtemp(join(tmpdir(), "paper-"));
  try {
    const question = join(folder, "job.json");
    const answer = join(folder, "result.json");
    await writeFile(question, JSON.stringify(job));
    await new Promise<void>((resolve, reject) => {
      const child = spawn(python, ["-m", "bench.suite.paper", question, answer], {
        cwd: root,
        stdio: ["ignore", "inherit", "inherit"],
        env: pytorchEnvironment,
      });
      child.once("error", reject);
      child.once("exit", (code) => {
        if (code === 0) resolve();
        else reject(new Error(`${python} ended with ${String(code)}`));
      });
    });
    return await readJson(answer, paperSchema);
  } finally {
    await rm(folder, { recursive: true });
  }
}
