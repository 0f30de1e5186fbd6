/** Memory of a process tree over time: how high it came, and whether it was still climbing. */
import { performance } from "node:perf_hooks";
import { treeBytes } from "./process-tree";

interface Sample {
  readonly seconds: number;
  readonly megabytes: number;
}

export interface MemoryOverTime {
  readonly peakMegabytes: number;
  /**
   * Slope over the second half, when everything that is kept has been made; null without two
   * samples.
   */
  readonly megabytesPerMinute: number | null;
  /** One a second. */
  readonly samples: readonly Sample[];
}

const everyMs = 200;
const samplesPerSecond = 1000 / everyMs;

/** Begins at once. @returns a function that ends it and tells what was seen */
export function watchMemory(pid: number): () => MemoryOverTime {
  const startedMs = performance.now();
  const samples: Sample[] = [];
  const look = (): void => {
    const seconds = (performance.now() - startedMs) / 1000;
    samples.push({ seconds, megabytes: treeBytes(pid) / 1e6 });
  };
  look();
  const timer = setInterval(look, everyMs);
  return () => {
    clearInterval(timer);
    look();
    return {
      peakMegabytes: Math.max(...samples.map(({ megabytes }) => megabytes)),
      megabytesPerMinute: slopePerMinute(samples.slice(Math.floor(samples.length / 2))),
      samples: samples
        .filter((_, index) => index % samplesPerSecond === 0)
        .map(({ seconds, megabytes }) => ({
          seconds: Math.round(seconds),
          megabytes: Math.round(megabytes),
        })),
    };
  };
}

/** By least squares. */
export function slopePerMinute(samples: readonly Sample[]): number | null {
  const { length } = samples;
  const meanTime = samples.reduce((sum, { seconds }) => sum + seconds, 0) / length;
  const spread = samples.reduce((sum, { seconds }) => sum + (seconds - meanTime) ** 2, 0);
  if (!(spread > 0)) return null;
  const shared = samples.reduce(
    (sum, { seconds, megabytes }) => sum + (seconds - meanTime) * megabytes,
    0,
  );
  return (60 * shared) / spread;
}
