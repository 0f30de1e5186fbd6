/**
 * `train`: trains a network from a spec and writes it as a file.
 *
 *     npm run -s stitch -- train --seed 1 --out seed-1.safetensors
 */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { LabError } from "../core/errors";
import * as z from "../core/schema";
import { sha256Hex } from "../core/weights/hash";
import { decimalWithin } from "../experiment/limits";
import { trainingProperties, trainingRef, trainingSpecOf } from "../experiment/training/ref";
import { trainingBackend, usualTrainingOf } from "../experiment/training/spec";
import type { DataPlaces } from "../node/data/find";
import { diskStore } from "../node/stores";
import { train } from "../node/train";
import { dataSetAsked } from "./images";
import { workerLimits } from "./options";
import { percent, trainingProgress } from "./training-progress";

const trainHelpText = `Stitch Lab: train a network, and write it as a file that can be stitched

  npm run -s stitch -- train --out FILE [options]

  --out FILE                where to write the network, a .safetensors file with PyTorch's names
${propertyLines()}
  --backend NAME            wasm, cpu or webgpu; default wasm
  --workers N               worker threads; default one per core. The network does not depend on it
  --store FOLDER            keep a checkpoint here: an interrupted training resumes
  --help                    show this text

An experiment may name the network by its training, train:seed=1,images=5000, with these names:
  ${trainingProperties.map(({ name }) => name).join(", ")}
`;

function propertyLines(): string {
  return trainingProperties
    .map(({ option, placeholder, help, write }) => {
      const name = `--${option} ${placeholder}`.padEnd(24);
      const usual = write(usualTrainingOf());
      return `  ${name}  ${help}${usual === "" ? "" : `; default ${usual}`}`;
    })
    .join("\n");
}

/**
 * @param from the folder that relative paths start at
 * @throws LabError `bad-input` naming an option; as `train` does; `cancelled` after an interrupt
 */
export async function trainInTerminal(
  argv: readonly string[],
  places: DataPlaces,
  from: string,
): Promise<void> {
  const values = optionsIn(argv);
  if (values.help === true) {
    process.stdout.write(trainHelpText);
    return;
  }
  const text = (option: string): string | undefined => {
    const value = values[option];
    return typeof value === "string" ? value : undefined;
  };
  const written = text("out");
  if (!written) {
    throw refused("--out", "a file to write the network to", "nothing");
  }
  const given = new Map(
    trainingProperties.flatMap(({ option }) => {
      const value = text(option);
      return value === undefined || option === "data" ? [] : [[option, value] as const];
    }),
  );
  const specOn = (data: string | undefined) =>
    trainingSpecOf(
      data === undefined ? given : new Map([...given, ["data", data]]),
      ({ option }) => option,
      (option) => `--${option}`,
    );
  // A mistake is named before images are looked for, which may take long.
  specOn(undefined);
  const backend = chosen("backend", text("backend"), z.enum(["wasm", "cpu", "webgpu"]));
  const workers = chosen("workers", text("workers"), decimalWithin(workerLimits));
  const images = { data: text("data"), fit: undefined, isGrey: false, normalisation: undefined };
  const data = await dataSetAsked(images, undefined, places, process.stderr);
  const spec = specOn(data.ref);
  const folder = text("store");
  const store = folder === undefined ? undefined : await diskStore(resolve(from, folder));
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once("SIGINT", interrupt);
  const progress = trainingProgress(spec.epochs, process.stderr);
  try {
    const events = train(spec, {
      data: data.manifest,
      folder: data.folder,
      backend: backend ?? trainingBackend,
      workers,
      checkpoints: store?.checkpoints,
      signal: abort.signal,
    });
    for await (const event of events) {
      progress.show(event);
      if (event.type !== "finished") continue;
      await writeFile(resolve(from, written), event.bytes);
      progress.end();
      process.stdout.write(
        `${written}: ${trainingRef(spec)}\n` +
          `test error ${percent(event.testError)} on ${event.testImages} images\n` +
          `sha256:${sha256Hex(event.bytes)}\n`,
      );
    }
  } finally {
    process.removeListener("SIGINT", interrupt);
    progress.end();
  }
}

function optionsIn(
  argv: readonly string[],
): Readonly<Record<string, string | boolean | undefined>> {
  const names = ["out", "backend", "workers", "store", ...trainingProperties.map((p) => p.option)];
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: false,
      options: { ...options, help: { type: "boolean", short: "h" } },
    }).values;
  } catch (thrown) {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw refused("command line", "options listed by train --help", found);
  }
}

function chosen<T>(
  option: string,
  value: string | undefined,
  schema: z.ZodMiniType<T>,
): T | undefined {
  if (value === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refused(`--${option}`, parsed.error.issues[0]?.message ?? "another value", value);
}

function refused(input: string, expected: string, found: string): LabError {
  return new LabError({ code: "bad-input", input, expected, found });
}
