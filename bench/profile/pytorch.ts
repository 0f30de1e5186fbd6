/** PyTorch's side of the ratios: starts `pytorch.py`, which answers a line with a line. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { batchesPerRound, batchSize, type Side } from "./side";

/** Memory that PyTorch's process keeps: more than it ever holds. */
const keptBytes = String(2 ** 32);

export async function pytorchRates(
  python: string,
  threads: number,
  pieces: readonly (number | null)[],
  root: string,
): Promise<Side & { end(): void }> {
  const zoo = (id: string): string => join(root, `public/zoo/${id}.safetensors`);
  const job = {
    top: zoo("resnet18-w16-s0"),
    bottom: zoo("resnet18-w16-s1"),
    threads,
    pieces,
    batchSize,
    batches: batchesPerRound,
  };
  const child = spawn(python, ["-m", "bench.profile.pytorch", JSON.stringify(job)], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
    // glibc would hand large arrays back after every step and fault them in again: whatever piece came
    // first was up to six times slower than the same piece later.
    env: { ...process.env, MALLOC_MMAP_THRESHOLD_: keptBytes, MALLOC_TRIM_THRESHOLD_: keptBytes },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${python} ended before it answered`);
    return line.value;
  };
  await answer();
  return {
    async imagesPerSecond(piece) {
      child.stdin.write(`${String(piece)}\n`);
      return Number(await answer());
    },
    end() {
      child.stdin.end();
    },
  };
}
