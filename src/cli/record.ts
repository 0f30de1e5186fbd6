/**
 * Computes presets and writes their reports where the page finds them.
 *
 *     npm run record -- [--backend wasm|webgpu] seeds width
 *
 * Work is kept in .cache/recorded, so that one that is cut off goes on and presets share what they have in common.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "../core/schema";
import { presetNames, presets } from "../experiment/presets";
import type { Recorded } from "../experiment/recorded";
import { curvesOf } from "../experiment/spec";
import { diskStore } from "./disk-store";
import { readZoo, resolveModel } from "./models";
import { runInTerminal } from "./run-in-terminal";

const root = resolve(import.meta.dirname, "../..");
const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const out = join(root, "public/recorded");

const { values, positionals } = parseArgs({
  options: { backend: { type: "string", default: "wasm" } },
  allowPositionals: true,
});
const backend = z.enum(["wasm", "webgpu"]).parse(values.backend);
const names = z.array(z.enum(presetNames)).check(z.minLength(1)).parse(positionals);
const zoo = await readZoo(folders);
const store = await diskStore(join(root, ".cache/recorded"));
await mkdir(out, { recursive: true });
for (const name of names) {
  const { spec } = presets[name];
  const ids = new Set(curvesOf(spec).flatMap(({ top, bottom }) => [top, bottom]));
  const models = await Promise.all([...ids].map((id) => resolveModel(id, zoo, folders, root)));
  const settings = { backend, workers: undefined, store };
  const report = await runInTerminal(spec, models, folders, settings);
  const recorded: Recorded = {
    format: "stitch-lab-recorded-1",
    command: `npm run -s stitch -- --preset ${name}${backend === "wasm" ? "" : ` --backend ${backend}`}`,
    date: new Date().toISOString().slice(0, 10),
    report,
  };
  await writeFile(join(out, `${name}.json`), `${JSON.stringify(recorded, null, 1)}\n`);
}
