/**
 * torchvision's networks from their ONNX files, on one thread of WebAssembly: operators, taps,
 * arithmetic, the difference of the logits from PyTorch's, and the time of a forward pass.
 *
 *     python3 -m zoo.exports FOLDER --full
 *     npx tsx bench/networks/networks.ts --folder FOLDER [--names resnet18,resnet50]
 *       [--rounds 3] [--rows bench/results/networks.json] [--out docs/networks.md]
 *
 * Writes a table between the two comments that mark its place in the document, with what is in the
 * file of rows for networks that are not measured now. A process each: a network's memory is not
 * given back before its process ends.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";
import { format, resolveConfig } from "prettier";
import * as z from "../../src/core/schema";
import { fileLimitBytes } from "../../src/core/weights/safetensors";
import { positiveNumber, readFlags, textList } from "../flags";
import { measuredSchema, type Measured } from "./measured";

const defaultNames =
  "resnet18,resnet50,vgg11_bn,densenet121,mobilenet_v2,mobilenet_v3_small,efficientnet_b0,squeezenet1_1,shufflenet_v2_x1_0,regnet_y_400mf,convnext_tiny,vit_b_16,swin_t,inception_v3,googlenet";

const options = readFlags(
  z.object({
    folder: z.string(),
    names: textList,
    rounds: positiveNumber,
    rows: z.string(),
    out: z.string(),
  }),
  {
    folder: "",
    names: defaultNames,
    rounds: "3",
    rows: "bench/results/networks.json",
    out: "docs/networks.md",
  },
  process.argv.slice(2),
);

const rows = new Map<string, Measured>();
if (existsSync(options.rows)) {
  const before = z.array(measuredSchema).parse(JSON.parse(await readFile(options.rows, "utf8")));
  for (const row of before) rows.set(row.name, row);
}
await mkdir(dirname(options.rows), { recursive: true });
for (const name of options.names) {
  const script = resolve(import.meta.dirname, "one.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, resolve(options.folder, name), String(options.rounds)],
    { maxBuffer: 2 ** 24 },
  );
  const row = measuredSchema.parse(JSON.parse(stdout));
  console.log(JSON.stringify(row));
  rows.set(name, row);
  await writeFile(options.rows, JSON.stringify([...rows.values()], null, 1));
}

const begin = "<!-- Written by bench/networks/networks.ts -->";
const end = "<!-- End of the table -->";
const text = await readFile(options.out, "utf8");
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from < 0 || to < from) {
  throw new Error(`${options.out}: expected "${begin}" and after it "${end}", found none`);
}
const page = `${text.slice(0, from + begin.length)}\n\n${table(inOrder(rows))}\n\n${text.slice(to)}`;
const style = await resolveConfig(options.out);
await writeFile(options.out, await format(page, { ...style, parser: "markdown" }));

/** As by default, then others. */
function inOrder(measured: ReadonlyMap<string, Measured>): Measured[] {
  const names = new Set([...defaultNames.split(","), ...measured.keys()]);
  return [...names].flatMap((name) => measured.get(name) ?? []);
}

function table(measured: readonly Measured[]): string {
  const head = [
    "network",
    "image",
    "nodes in the file",
    "operators",
    "of kinds",
    "taps",
    "parameters",
    "GFLOPs",
    "logits’ difference",
    "s an image",
  ];
  const lines = measured.map((row) => [
    row.name + (row.fileBytes > fileLimitBytes ? " (file too large for the page)" : ""),
    `${row.side}²`,
    row.nodes.toLocaleString("en"),
    String(row.operators),
    String(row.kinds),
    String(row.taps),
    `${(row.parameters / 1e6).toFixed(1)} M`,
    (row.flops / 1e9).toFixed(2),
    row.difference.toExponential(1),
    row.secondsAnImage.toFixed(2),
  ]);
  const [processor] = cpus();
  const day = new Date().toISOString().slice(0, 10);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    `Measured on ${day}, on one thread of a ${processor?.model ?? "processor"}.`,
    "",
    line(head),
    line(head.map((_, at) => (at === 0 ? "---" : "---:"))),
    ...lines.map(line),
  ].join("\n");
}
