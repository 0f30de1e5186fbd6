/** Step times that three GPUs could reach, by the roofline. Williams, Waterman & Patterson 2009. */
import type { KernelRow } from "./recorder";

interface Gpu {
  readonly name: string;
  /** float32, without tensor cores, which WebGPU does not reach */
  readonly teraflops: number;
  readonly gigabytesPerSecond: number;
  readonly source: string;
}

const gpus: readonly Gpu[] = [
  {
    name: "Intel Iris Xe (96 EU, laptop memory)",
    teraflops: 2.1,
    gigabytesPerSecond: 68,
    source: "96 EU × 16 FLOP × 1.35 GHz; LPDDR4x-4266, 128 bit (Core i7-1185G7)",
  },
  {
    name: "NVIDIA RTX 4060 Laptop",
    teraflops: 11.6,
    gigabytesPerSecond: 256,
    source: "3072 cores × 2 FLOP × 1.89 GHz; GDDR6, 16 Gbit/s × 128 bit",
  },
  {
    name: "NVIDIA H100 SXM",
    teraflops: 66.9,
    gigabytesPerSecond: 3350,
    source: "data sheet: 67 TFLOP/s FP32, 3.35 TB/s",
  },
];

/**
 * A stated guess at what a dispatch costs in a browser, from JavaScript to the end of a small
 * shader.
 */
export const dispatchMicroseconds = 20;

export interface Prediction {
  readonly gpu: string;
  readonly source: string;
  readonly arithmeticMs: number;
  readonly memoryMs: number;
  readonly dispatchMs: number;
  /** max(arithmetic, memory) + dispatches */
  readonly stepMs: number;
}

export function predictions(rows: readonly KernelRow[], dispatches: number): Prediction[] {
  const total = (of: (row: KernelRow) => number): number =>
    rows.reduce((sum, row) => sum + of(row), 0);
  const gflop = total((row) => row.gflop ?? 0);
  const bytes = total((row) => row.bytes);
  const dispatchMs = (dispatches * dispatchMicroseconds) / 1000;
  return gpus.map(({ name, source, teraflops, gigabytesPerSecond }) => {
    const arithmeticMs = gflop / teraflops;
    const memoryMs = bytes / gigabytesPerSecond / 1e6;
    const stepMs = Math.max(arithmeticMs, memoryMs) + dispatchMs;
    return { gpu: name, source, arithmeticMs, memoryMs, dispatchMs, stepMs };
  });
}
