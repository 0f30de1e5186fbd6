/** PyTorch's side of the ratios: starts `pytorch.py`, which answers a line with a line. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pytorchEnvironment } from "../pytorch-environment";
import { batchesPerRound, batchSize, type Side, type ThreadJob } from "./side";

/** @returns with the device that PyTorch found: CUDA's name, or "cpu" */
export async function pytorchRates(
  { backend, pair, pieces }: ThreadJob,
  { python, threads }: { readonly python: string; readonly threads: number },
  root: string,
): Promise<Side & { readonly device: string }> {
  const zoo = (id: string): string => join(root, `public/zoo/${id}.safetensors`);
  const job = {
    top: zoo(pair.top),
    bottom: zoo(pair.bottom),
    threads,
    cuda: backend === "webgpu",
    pieces,
    batchSize,
    batches: batchesPerRound[backend],
  };
  const child = spawn(python, ["-m", "bench.profile.pytorch", JSON.stringify(job)], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
    env: pytorchEnvironment,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${python} ended before it answered`);
    return line.value;
  };
  const device = await answer();
  return {
    device,
    async imagesPerSecond(piece) {
      child.stdin.write(`${piece}\n`);
      return Number(await answer());
    },
    end() {
      child.stdin.end();
      return Promise.resolve();
    },
  };
}
