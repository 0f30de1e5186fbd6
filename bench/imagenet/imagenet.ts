/**
 * Runs an experiment on images of ImageNet's size by the command line, and says how long it took and
 * how much memory. `python3 -m bench.imagenet.inputs FOLDER` writes what it reads.
 *
 *     npx tsx bench/imagenet/imagenet.ts FOLDER [--protocol quick] [--sites 7,10,13] [--memory 1.5GB]
 *
 * Needs GNU time in /usr/bin.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const text = { type: "string" } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { protocol: text, sites: text, memory: text },
});
const [given = ""] = positionals;
const folder = resolve(given);
if (!existsSync(join(folder, "images"))) {
  throw new Error(`${folder}: expected images, found none; run python3 -m bench.imagenet.inputs`);
}
const out = join(mkdtempSync(join(tmpdir(), "imagenet-")), "time");
const main = resolve(import.meta.dirname, "../../src/cli/main.ts");
const { protocol = "glance", sites = "7", memory = "1.5GB" } = values;
const { status } = spawnSync(
  "/usr/bin/time",
  [
    ...["--verbose", "--output", out, "npx", "tsx", main],
    ...["--top", join(folder, "resnet50-0.safetensors")],
    ...["--bottom", join(folder, "resnet50-1.safetensors")],
    ...["--data", join(folder, "images"), "--image-size", "224"],
    ...["--protocol", protocol, "--sites", sites, "--memory", memory],
  ],
  { stdio: "inherit" },
);
const lines = readFileSync(out, "utf8").split("\n");
for (const name of ["Elapsed", "User time", "Maximum resident"]) {
  process.stdout.write(`${lines.find((line) => line.includes(name))?.trim() ?? name}\n`);
}
process.exitCode = status ?? 1;
