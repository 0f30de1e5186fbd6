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
import { trainingSpecSchema, usualTraining, type TrainingSpec } from "../experiment/training-spec";
import type { DataPlaces } from "../node/data/find";
import { diskStore } from "../node/stores";
import { train } from "../node/train";
import { dataSetAsked } from "./images";
import { workerLimits } from "./options";

const { blocks, width, trainImages, epochs, batchSize, parts, peakRate, schedule } = usualTraining;

const trainHelpText = `Stitch Lab: train a ResNet, and write it as a file that can be stitched

  npm run -s stitch -- train --out FILE [options]

  --out FILE           where to write the network, a .safetensors file with PyTorch's names
  --blocks A,B,C[,D]   residual blocks of each stage; default ${blocks.join(",")}, a ResNet-18
  --width N            filters of the first stage; default ${width}
  --data NAME|PATH     the images, as for an experiment; default cifar10
  --train-images N     train on the first N; default ${trainImages}
  --epochs N           passes over them; default ${epochs}
  --batch N            images in a step; default ${batchSize}
  --parts N            parts of a batch, each with its own statistics in BatchNorm, which as many
                       workers share; default ${parts}
  --rate R             highest learning rate; default ${peakRate}
  --schedule NAME      one-cycle, steps or cosine; default ${schedule}
  --momentum R         Nesterov's; default 0.9
  --weight-decay R     default 5e-4
  --label-smoothing R  default 0
  --no-augmentation    neither crop nor mirror the images
  --seed N             of the first weights, the order of the images and their crops; default 0
  --backend NAME       wasm, cpu or webgpu; default wasm
  --workers N          worker threads; default one per core. The network does not depend on it
  --store FOLDER       keep a checkpoint here: an interrupted training resumes
  --help               show this text
`;

const optionOf: Readonly<Partial<Record<keyof TrainingSpec, string>>> = {
  blocks: "blocks",
  width: "width",
  trainImages: "train-images",
  epochs: "epochs",
  batchSize: "batch",
  parts: "parts",
  peakRate: "rate",
  schedule: "schedule",
  momentum: "momentum",
  weightDecay: "weight-decay",
  labelSmoothing: "label-smoothing",
  seed: "seed",
};

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
  if (!values.out) {
    throw refused("--out", "a file to write the network to", "nothing");
  }
  const out = resolve(from, values.out);
  const images = { data: values.data, fit: undefined, isGrey: false, normalisation: undefined };
  const data = await dataSetAsked(images, undefined, places, process.stderr);
  const spec = specIn(values, data.ref);
  const store =
    values.store === undefined ? undefined : await diskStore(resolve(from, values.store));
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once("SIGINT", interrupt);
  const losses: number[] = [];
  try {
    const events = train(spec, {
      data: data.manifest,
      folder: data.folder,
      backend: chosen("backend", values.backend ?? "wasm", z.enum(["wasm", "cpu", "webgpu"])),
      workers:
        values.workers === undefined
          ? undefined
          : chosen("workers", values.workers, decimalWithin(workerLimits)),
      checkpoints: store?.checkpoints,
      signal: abort.signal,
    });
    for await (const event of events) {
      if (event.type === "step") {
        losses.push(event.loss);
        const { step, steps } = event;
        if (process.stderr.isTTY) {
          process.stderr.write(`\r\u001b[Kstep ${step}/${steps}, loss ${event.loss.toFixed(3)}`);
        }
      } else if (event.type === "epoch") {
        const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
        losses.length = 0;
        const start = process.stderr.isTTY ? "\r\u001b[K" : "";
        process.stderr.write(
          `${start}epoch ${event.epoch}/${spec.epochs}: loss ${mean.toFixed(3)}, ` +
            `test error ${percent(event.testError)} on ${event.testImages} images\n`,
        );
      } else {
        await writeFile(out, event.bytes);
        if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
        process.stdout.write(
          `${values.out}: test error ${percent(event.testError)} on ${event.testImages} images\n` +
            `sha256:${sha256Hex(event.bytes)}\n`,
        );
      }
    }
  } finally {
    process.removeListener("SIGINT", interrupt);
  }
}

function optionsIn(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: false,
      options: {
        ...{ out: text, blocks: text, width: text, data: text, "train-images": text, epochs: text },
        ...{ batch: text, parts: text, rate: text, schedule: text, momentum: text },
        ...{ "weight-decay": text, "label-smoothing": text, seed: text, backend: text },
        ...{ workers: text, store: text },
        "no-augmentation": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (thrown) {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw refused("command line", "options listed by train --help", found);
  }
}

function specIn(values: ReturnType<typeof optionsIn>, data: string | undefined): TrainingSpec {
  const given = Object.entries(optionOf).flatMap(([field, option]) => {
    const value = values[option as keyof typeof values];
    if (typeof value !== "string") return [];
    if (field === "schedule") return [[field, value]];
    return [[field, field === "blocks" ? value.split(",").map(Number) : Number(value)]];
  });
  const wanted = {
    ...usualTraining,
    ...(data !== undefined && { data }),
    ...(values["no-augmentation"] === true && { augmented: false }),
    ...Object.fromEntries(given),
  } as unknown;
  const parsed = trainingSpecSchema.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0]);
  const option = optionOf[field as keyof TrainingSpec] ?? field;
  const found = values[option as keyof typeof values];
  throw refused(`--${option}`, issue?.message ?? "another value", String(found ?? "the default"));
}

function chosen<T>(option: string, value: unknown, schema: z.ZodMiniType<T>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refused(`--${option}`, parsed.error.issues[0]?.message ?? "another value", String(value));
}

function refused(input: string, expected: string, found: string): LabError {
  return new LabError({ code: "bad-input", input, expected, found });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
