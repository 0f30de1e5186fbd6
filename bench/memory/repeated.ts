/**
 * Whether memory stays flat: the same stitch, trained over and over in the same workers, each time
 * from another seed, so that only what is left behind can add up. In a sweep memory also follows
 * the layers, whose activations differ in size.
 *
 *     npx tsx bench/memory/repeated.ts [--site 2] [--times 12] [--workers 2]
 */
import { resolve } from "node:path";
import * as z from "../../src/core/schema";
import { defaultSpec, withOtherCurves } from "../../src/experiment/spec";
import { positiveNumber, readFlags, wholeNumber } from "../flags";
import { timedRuns } from "../growth/timed-run";
import { slopePerMinute } from "./over-time";

const flags = z.object({ site: wholeNumber, times: positiveNumber, workers: positiveNumber });
const defaults = { site: "2", times: "12", workers: "2" };
const { site, times, workers } = readFlags(flags, defaults, process.argv.slice(2));

const first = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "quick");
const spec = withOtherCurves(
  { ...first, sites: [site], testImages: 1_000 },
  Array.from({ length: times - 1 }, (_, k) => ({ ...first.curves[0], seed: k + 1 })),
);
const run = await timedRuns(resolve(import.meta.dirname, "../.."));
const { seconds, memory } = await run(spec, workers);
const { samples, peakMegabytes } = memory;
const thirds = [1, 2].map((part) => samples.slice(Math.floor((samples.length * part) / 3)));
const shown = samples.filter((_, index) => index % 5 === 0);
console.log(shown.map(({ seconds: at, megabytes }) => `${at} s: ${megabytes} MB`).join("\n"));
console.log(
  `site ${site}, ${times} times in ${seconds.toFixed(0)} s: at most ${peakMegabytes.toFixed(0)} MB; ` +
    `MB a minute over the last two thirds ${slope(thirds[0])}, over the last third ${slope(thirds[1])}`,
);

function slope(part: typeof samples | undefined): string {
  return (part && slopePerMinute(part))?.toFixed(0) ?? "unknown";
}
