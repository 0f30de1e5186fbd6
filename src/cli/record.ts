/**
 * Computes presets and writes their reports where the page finds them.
 *
 *     npm run record -- [--backend wasm|webgpu] seeds width
 *     npm run record -- [--backend wasm|webgpu] --curve 1 deeper
 *
 * `--curve` computes only one of a preset's curves, counted from 0, and puts it into the existing
 * report. Results are kept in .cache/recorded: an interrupted recording resumes, and presets share
 * their common tasks.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "../core/schema";
import { presetNames, presets, type PresetName } from "../experiment/figures";
import { recordedSchema, type Recorded, type Report } from "../experiment/report";
import { curvesOf, type Spec } from "../experiment/spec";
import { diskStore } from "../node/stores";
import { readZoo, resolveModel } from "../node/models";
import { readJson } from "../node/files";
import { curveToPut, withCurve } from "./recorded";
import { runInTerminal } from "./terminal";

const root = resolve(import.meta.dirname, "../..");
const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const out = join(root, "public/recorded");

const { values, positionals } = parseArgs({
  options: { backend: { type: "string", default: "wasm" }, curve: { type: "string" } },
  allowPositionals: true,
});
const backend = z.enum(["wasm", "webgpu"]).parse(values.backend);
const place = z.optional(z.coerce.number()).parse(values.curve);
const names = z.array(z.enum(presetNames)).check(z.minLength(1)).parse(positionals);
const zoo = await readZoo(folders);
const store = await diskStore(join(root, ".cache/recorded"));
await mkdir(out, { recursive: true });
for (const name of names) {
  const path = join(out, `${name}.json`);
  const recorded = place === undefined ? await whole(name) : await withOneMore(name, place, path);
  await writeFile(path, `${JSON.stringify(recorded, null, 1)}\n`);
}

async function whole(name: PresetName): Promise<Recorded> {
  return {
    format: "stitch-lab-recorded-1",
    command: `npm run -s stitch -- --preset ${name}${backend === "wasm" ? "" : ` --backend ${backend}`}`,
    date: today(),
    report: await computed(presets[name].spec),
  };
}

async function withOneMore(name: PresetName, place: number, path: string): Promise<Recorded> {
  const { spec } = presets[name];
  const before = await readJson(path, recordedSchema);
  const report = await computed(curveToPut(before, spec, place));
  return withCurve(before, spec, place, report, today());
}

async function computed(spec: Spec): Promise<Report> {
  const ids = new Set(curvesOf(spec).flatMap(({ top, bottom }) => [top, bottom]));
  const models = await Promise.all([...ids].map((id) => resolveModel(id, zoo, folders, root)));
  return runInTerminal(spec, { models, data: folders.data, backend, store });
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
