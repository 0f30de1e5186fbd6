/**
 * Measures what the view of the stitch does for every picture: one image through B, the stitch and A,
 * and through both networks alone, with all their channels read back. One thread of wasm.
 */
import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import * as z from "../../src/core/schema";
import { cifar10Form } from "../../src/core/data/cifar10";
import { imageBatch } from "../../src/core/data/images";
import { builtNetwork, readNetworkFile } from "../../src/core/nets/network-file";
import type { FrozenNetwork } from "../../src/core/nets/network";
import { seeded } from "../../src/core/random/generator";
import { deviceStitch } from "../../src/core/stitch/device-stitch";
import { channelsInPlace } from "../../src/core/stitch/families/channel-maps";
import { passageOf } from "../../src/core/stitched/passage";
import { startWasm } from "../../src/core/tensor/wasm/start";
import { positiveNumber, readFlags } from "../flags";
import { formatSpread, spreadOf } from "../spread";

const pairs = [
  { bottom: "resnet18-w4-s0", top: "resnet18-w4-s0" },
  { bottom: "resnet18-w16-s1", top: "resnet18-w16-s0" },
] as const;

/** Passages at every layer in each round. */
const passesPerRound = 10;

const { rounds } = readFlags(
  z.strictObject({ rounds: positiveNumber }),
  { rounds: "7" },
  process.argv.slice(2),
);

const [height, width, channels] = [cifar10Form.height, cifar10Form.width, cifar10Form.channels];
const generator = seeded(0);
const images = {
  ...cifar10Form,
  count: passesPerRound,
  labels: new Uint8Array(passesPerRound),
  pixels: Uint8Array.from({ length: passesPerRound * height * width * channels }, () =>
    generator.below(256),
  ),
};

async function network(id: string): Promise<FrozenNetwork> {
  const path = `public/zoo/${id}.safetensors`;
  return builtNetwork(readNetworkFile(await readFile(path), path));
}

/** @returns milliseconds, stitch and image included */
async function passMs(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  site: number,
  image: number,
): Promise<number> {
  const [from, to] = [bottom.taps[site]?.channels ?? 0, top.taps[site]?.channels ?? 0];
  const startedMs = performance.now();
  const stitch = deviceStitch(channelsInPlace(from, to));
  const batch = imageBatch(images, Uint32Array.of(image));
  try {
    await passageOf({ bottom, top }, site, stitch, batch);
  } finally {
    stitch.dispose();
    batch.dispose();
  }
  return performance.now() - startedMs;
}

await startWasm(undefined);
console.log(`ms an image, median (lowest–highest) of ${rounds} rounds' medians`);
for (const pair of pairs) {
  const [bottom, top] = [await network(pair.bottom), await network(pair.top)];
  // The first passage of a layer prepares its kernels.
  for (const { index } of top.taps) await passMs(bottom, top, index, 0);
  const medians: number[][] = top.taps.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const { index } of top.taps) {
      const times: number[] = [];
      for (let image = 0; image < passesPerRound; image++) {
        times.push(await passMs(bottom, top, index, image));
      }
      medians[index]?.push(spreadOf(times).median);
    }
  }
  console.log(`${pair.bottom} into ${pair.top}`);
  for (const { index, name } of top.taps) {
    console.log(`  ${name.padEnd(8)} ${formatSpread(spreadOf(medians[index] ?? []))}`);
  }
  bottom.dispose();
  top.dispose();
}
