/**
 * What one core can do in WebAssembly, measured: a loop of nothing but independent multiply-adds.
 */
import { performance } from "node:perf_hooks";
import * as z from "../../src/core/schema";

/**
 * Chains that do not wait for each other: enough to hide the latency of a multiplication and an
 * addition.
 */
const chains = 12;
const lanes = 4;
const iterations = 2_000_000;
const repeats = 100;

const exportsSchema = z.object({
  loop: z.custom<(count: number) => number>((value) => typeof value === "function"),
});

/**
 * GFLOP/s of 4-lane float32 multiply-adds on one core, multiplication and addition counted as one
 * each.
 */
export function wasmLimit(): number {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(loopModule()));
  const { loop } = exportsSchema.parse(instance.exports);
  const gflops = Array.from({ length: repeats }, () => {
    const startedMs = performance.now();
    loop(iterations);
    return (iterations * chains * lanes * 2) / (performance.now() - startedMs) / 1e6;
  });
  return Math.max(...gflops);
}

/**
 * (func (export "loop") (param i32) (result f32)): xⱼ ← xⱼ · a + b for 12 vectors xⱼ, until the
 * parameter has been counted down. WebAssembly Core Specification, sec. 5.
 */
function loopModule(): Uint8Array<ArrayBuffer> {
  const i32 = 0x7f;
  const f32 = 0x7d;
  const v128 = 0x7b;
  const [localGet, localSet, localTee] = [0x20, 0x21, 0x22];
  const a = chains + 1;
  const b = chains + 2;
  const constant = (value: number): number[] => [
    0x43,
    ...new Uint8Array(Float32Array.of(value).buffer),
  ];
  const splat = [0xfd, 0x13];
  const multiply = [0xfd, 0xe6, 0x01];
  const add = [0xfd, 0xe4, 0x01];
  const vectors = Array.from({ length: chains }, (_, index) => index + 1);
  const steps = vectors.flatMap((x) => [
    localGet,
    x,
    localGet,
    a,
    ...multiply,
    localGet,
    b,
    ...add,
    localSet,
    x,
  ]);
  const countDown = [localGet, 0, 0x41, 1, 0x6b, localTee, 0, 0x0d, 0];
  const sum = vectors.slice(1).flatMap((x) => [localGet, x, ...add]);
  const body = [
    1,
    chains + 2,
    v128,
    ...constant(0.999),
    ...splat,
    localSet,
    a,
    ...constant(0.001),
    ...splat,
    localSet,
    b,
    0x03,
    0x40,
    ...steps,
    ...countDown,
    0x0b,
    localGet,
    1,
    ...sum,
    0xfd,
    0x1f,
    0,
    0x0b,
  ];
  const section = (id: number, contents: readonly number[]): number[] => [
    id,
    ...leb128(contents.length),
    ...contents,
  ];
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, [1, 0x60, 1, i32, 1, f32]),
    ...section(3, [1, 0]),
    ...section(7, [1, 4, ...new TextEncoder().encode("loop"), 0, 0]),
    ...section(10, [1, ...leb128(body.length), ...body]),
  ]);
}

function leb128(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >>> 7)];
}
