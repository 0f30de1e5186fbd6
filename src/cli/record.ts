/**
 * Computes presets and writes their reports where the page finds them.
 *
 *     npm run record -- [--backend wasm|webgpu] seeds width
 *     npm run record -- [--backend wasm|webgpu] --curve 1 deeper
 *     npm run record -- --known wider
 *     npm run record -- --details-only seeds
 *     npm run record -- --similarity seeds width
 *     npm run record -- --probes probes
 *     npm run record -- --errors seeds width
 *
 * `--curve` computes only one of a preset's curves, counted from 0, and puts it into the existing
 * report. Results are kept in .cache/recorded: an interrupted recording resumes, and presets share
 * their common tasks. From there, every report also gets its details file, with what the inspector
 * reads; `--details-only` computes nothing and writes that of the existing report.
 *
 * `--similarity` computes only the measures of similarity, on the images that the preset says, and
 * puts them into the existing report: nothing is trained, and the details file stays. `--probes`
 * computes only linear probes; every curve comes from a report that has it. `--known` takes the curves
 * that other reports have from there, computes the others, and writes no details file. `--errors`
 * counts whose errors stitched networks make, from the answers in the details file.
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "../core/schema";
import { sha256Hex } from "../core/weights/hash";
import { inspectStitch } from "../engine/host/inspect";
import type { ModelFile } from "../engine/messages";
import { presetNames, presets, type PresetName } from "../experiment/figures";
import { recordedSchema, type Recorded, type Report } from "../experiment/report";
import { labDataSets } from "../experiment/data-sets";
import type { ProbeResult } from "../experiment/probes";
import { curvesOf, type Spec } from "../experiment/spec";
import { diskStore } from "../node/stores";
import { findDataSet, type FoundDataSet } from "../node/data/find";
import { readZoo } from "../node/models";
import { readBytes, readJson } from "../node/files";
import type { RunOptions } from "../node/run";
import { readDetails } from "../engine/details/read";
import { backendOf, detailsOf, testLabels } from "./record-details";
import {
  assembled,
  curveToPut,
  withCurve,
  withErrorOverlap,
  withoutKnown,
  withRecordedProbes,
  withSimilarity,
  type MeasuredSite,
} from "./recorded";
import { networkAsked, type NetworkPlaces } from "./networks";
import { eventsInTerminal, runInTerminal } from "./terminal";

const root = resolve(import.meta.dirname, "../..");
const folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
const out = join(root, "public/recorded");

const { values, positionals } = parseArgs({
  options: {
    backend: { type: "string", default: "wasm" },
    curve: { type: "string" },
    known: { type: "boolean", default: false },
    "details-only": { type: "boolean", default: false },
    similarity: { type: "boolean", default: false },
    probes: { type: "boolean", default: false },
    errors: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const backend = z.enum(["wasm", "webgpu"]).parse(values.backend);
const place = z.optional(z.coerce.number()).parse(values.curve);
const names = z.array(z.enum(presetNames)).check(z.minLength(1)).parse(positionals);
const zoo = await readZoo(folders);
const cache = join(root, ".cache/recorded");
const store = await diskStore(cache);
const networkPlaces: NetworkPlaces = {
  ...{ zoo, folders, from: root, backend, workers: undefined },
  heads: join(cache, "heads"),
  copies: join(cache, "onnx"),
  trained: join(cache, "networks"),
  checkpoints: store.checkpoints,
  data: () => dataOf(undefined),
  dataOf,
};
await mkdir(out, { recursive: true });
for (const name of names) {
  const path = join(out, `${name}.json`);
  const recorded = values.similarity
    ? await withMeasures(name, path)
    : values.probes
      ? await withProbesAlone(name)
      : values.known
        ? await withKnownCurves(name)
        : values.errors
          ? await withErrors(path)
          : await withDetails(name, await report(name, path));
  await writeFile(path, `${JSON.stringify(recorded, null, 1)}\n`);
}

function report(name: PresetName, path: string): Promise<Recorded> {
  if (values["details-only"]) return readJson(path, recordedSchema);
  return place === undefined ? whole(name) : withOneMore(name, place, path);
}

async function whole(name: PresetName): Promise<Recorded> {
  return {
    format: "stitch-lab-recorded-1",
    command: commandOf(name),
    date: today(),
    report: await computed(presets[name].spec),
  };
}

function commandOf(name: PresetName): string {
  return `npm run -s stitch -- --preset ${name}${backend === "wasm" ? "" : ` --backend ${backend}`}`;
}

async function withOneMore(name: PresetName, place: number, path: string): Promise<Recorded> {
  const { spec } = presets[name];
  const before = await readJson(path, recordedSchema);
  const report = await computed(curveToPut(before, spec, place));
  return withCurve(before, spec, place, report, today());
}

async function computed(spec: Spec): Promise<Report> {
  return runInTerminal(spec, await optionsFor(spec));
}

async function optionsFor(spec: Spec): Promise<RunOptions> {
  return { models: await modelsOf(spec), data: (await dataOf(spec.data)).folder, backend, store };
}

/** Reads a report, and puts the measures of similarity into it. */
async function withMeasures(name: PresetName, path: string): Promise<Recorded> {
  const { spec } = presets[name];
  const before = await readJson(path, recordedSchema);
  const measured: MeasuredSite[] = [];
  const options = { ...(await optionsFor(spec)), only: "similarity" as const };
  for await (const event of eventsInTerminal(spec, options)) {
    if (event.type !== "curve" || event.event.type !== "similarity") continue;
    const { site, similarity } = event.event;
    measured.push({ curve: event.curve, site, similarity });
  }
  return withSimilarity(before, spec, measured, { backend, date: today() });
}

/** Takes the preset's curves from the reports that have them, and computes their probes. */
async function withProbesAlone(name: PresetName): Promise<Recorded> {
  const { spec } = presets[name];
  const files = await recordedReports();
  const before = { ...assembled(spec, files, backend), command: commandOf(name) };
  const found = spec.curves.map((): ProbeResult[] => []);
  const options = { ...(await optionsFor(spec)), only: "probes" as const };
  for await (const event of eventsInTerminal(spec, options)) {
    if (event.type !== "curve" || event.event.type !== "probe") continue;
    found[event.curve]?.push(event.event.result);
  }
  const order = ({ role, representation, tap }: ProbeResult): string =>
    `${role === "top" ? 0 : 1} ${representation === "pooled" ? 0 : 1} ${String(tap).padStart(4)}`;
  const sorted = found.map((some) => some.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)));
  return withRecordedProbes(before, spec, sorted, { backend, date: today() });
}

/** Computes the curves of a preset that no other report has. */
async function withKnownCurves(name: PresetName): Promise<Recorded> {
  const { spec } = presets[name];
  const files = await recordedReports();
  const missing = withoutKnown(spec, files, backend);
  const fresh = missing ? [{ report: await computed(missing), date: today() }] : [];
  return { ...assembled(spec, [...fresh, ...files], backend), command: commandOf(name) };
}

/** Reads a report, and what its details file has of every answer. */
async function withErrors(path: string): Promise<Recorded> {
  const recorded = await readJson(path, recordedSchema);
  const { file } = recorded.details ?? {};
  if (file === undefined) return recorded;
  return withErrorOverlap(recorded, await readDetails(await readBytes(join(out, file)), file));
}

function recordedReports(): Promise<Recorded[]> {
  return Promise.all(
    presetNames
      .map((other) => join(out, `${other}.json`))
      .filter(existsSync)
      .map((path) => readJson(path, recordedSchema)),
  );
}

/** Returns the data set of a preset or a training: one of the lab. */
function dataOf(ref: string | undefined): Promise<FoundDataSet> {
  const labFolder = (id: keyof typeof labDataSets): string =>
    join(root, "public", labDataSets[id].folder);
  return findDataSet(ref, { labFolder, cache: join(cache, "data"), from: root });
}

/** Returns the networks of a spec; those that it names by their training are trained first. */
async function modelsOf(spec: Spec): Promise<ModelFile[]> {
  const ids = new Set(curvesOf(spec).flatMap(({ top, bottom }) => [top, bottom]));
  const models: ModelFile[] = [];
  for (const id of ids) models.push(await networkAsked(id, "top", undefined, networkPlaces));
  return models;
}

/** Writes a report's details file. */
async function withDetails(name: PresetName, recorded: Recorded): Promise<Recorded> {
  const { spec } = recorded.report;
  const { manifest: data, folder } = await dataOf(spec.data);
  const models = await modelsOf(spec);
  const { file, leftOut } = await detailsOf(recorded, {
    labels: await testLabels(data, folder),
    classes: data.classes,
    inspect: (stitch) =>
      inspectStitch(spec, stitch, {
        models,
        data,
        backend: backendOf(recorded, stitch.curve),
        store: store.store,
      }),
  });
  const fileName = `${name}.details.bin`;
  await writeFile(join(out, fileName), file);
  console.error(
    `${fileName}: ${file.byteLength} bytes${leftOut.map((part) => `\n  no ${part}`).join("")}`,
  );
  const details = { file: fileName, sha256: sha256Hex(file), sizeBytes: file.byteLength };
  return { ...recorded, details };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
