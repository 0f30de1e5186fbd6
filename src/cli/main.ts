#!/usr/bin/env node
/**
 * The command line: runs one experiment with the engine of the page.
 *
 *     npm run -s stitch -- --top resnet18-w16-s0 --bottom resnet18-w16-s1 --out report.json
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { LabError } from "../core/errors";
import { hasHead } from "../core/nets/architecture";
import { readingText, splitReading } from "../core/onnx/reading";
import type { ZooManifest } from "../core/nets/zoo-manifest";
import type { ModelFile } from "../engine/messages";
import { digestOf } from "../experiment/address/digest";
import type { Role } from "../experiment/events";
import { presets } from "../experiment/figures";
import { fileRefOf } from "../experiment/model-ref";
import { withObjective } from "../experiment/objective";
import { recordedSchema, type Report } from "../experiment/report";
import { readCurve } from "../experiment/address/also";
import { labDataSets, usualDataSet } from "../experiment/data-sets";
import {
  defaultSpec,
  specSchema,
  withDeparture,
  withPermutations,
  withProbes,
  withSimilarityImages,
  type Curve,
  type Spec,
} from "../experiment/spec";
import { checksText } from "./checks-text";
import { comparisonText } from "./comparison-text";
import type { DataPlaces, FoundDataSet } from "../node/data/find";
import { prepareCifar10 } from "../node/data/prepare";
import { diskStore, type DiskStore } from "../node/stores";
import { readZoo, type Folders } from "../node/models";
import { checkImages, dataSetAsked, specWithData } from "./images";
import { readLink, type Asked } from "./link";
import { helpText } from "./help";
import { readOptions, type Options } from "./options";
import { readJson } from "../node/files";
import { fitted, networkAsked, type NetworkPlaces } from "./networks";
import { reportFile } from "./report-file";
import { runInTerminal } from "./terminal";
import { trainInTerminal } from "./train";
import { reportTable } from "./table";

const root = resolve(import.meta.dirname, "../..");
/**
 * In a checkout the zoo and the data are in `public`; the installed package has no zoo, and caches
 * the data.
 */
const inCheckout = existsSync(join(root, "public/zoo/manifest.json"));
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "stitch-lab");
const folders: Folders = {
  zoo: join(root, "public/zoo"),
  data: inCheckout ? join(root, "public/data") : join(cache, "cifar10"),
};
/** npm runs scripts in the package's folder; this is where the user stood. */
const from = process.env.INIT_CWD ?? process.cwd();
const places: DataPlaces = {
  labFolder: (id) => (inCheckout ? join(root, "public", labDataSets[id].folder) : join(cache, id)),
  cache: join(cache, "data"),
  from,
};

const noZoo: ZooManifest = { version: 1, models: [] };

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv[0] === "data") {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    process.stdout.write(`${await prepareCifar10(folders.data, say)}\n`);
    return;
  }
  if (argv[0] === "train") {
    await trainInTerminal(argv.slice(1), places, from);
    return;
  }
  const options = readOptions(argv);
  if (options.help) {
    process.stdout.write(helpText);
    return;
  }
  const zoo = inCheckout ? await readZoo(folders) : noZoo;
  if (options.list) {
    for (const { id, testError, summary } of zoo.models) {
      process.stdout.write(`${id}  test error ${(100 * testError).toFixed(2)} %  ${summary}\n`);
    }
    return;
  }
  const asked = await experimentAsked(options, zoo);
  // A wrong path is refused now, not after an hour's work.
  const store = await storeAsked(options);
  const writeReport =
    options.out === undefined ? undefined : await reportFile(pathOf("out", options));
  try {
    const report = await run(options, zoo, asked?.spec, store);
    process.stdout.write(`${reportTable(report)}\n\n${checksText(report, zoo.models)}\n`);
    const author = asked?.author;
    // Other options may have made another experiment of it.
    if (author && isDeepStrictEqual(report.spec, author.spec)) {
      process.stdout.write(`\n${comparisonText(report, author.digest, author.whose)}\n`);
    }
    await writeReport?.(`${JSON.stringify(report, null, 2)}\n`);
  } catch (thrown) {
    if (store && thrown instanceof LabError && thrown.code === "cancelled") {
      process.stderr.write(`Finished layers are kept in ${options.store ?? ""}.\n`);
    }
    throw thrown;
  }
}

async function storeAsked(options: Options): Promise<DiskStore | undefined> {
  if (options.store === undefined) return undefined;
  return diskStore(pathOf("store", options), (line) => process.stderr.write(`${line}\n`));
}

/** @throws LabError `bad-input` for an empty path, which would mean the current folder */
function pathOf(option: "out" | "store", options: Options): string {
  const path = options[option] ?? "";
  if (path !== "") return resolve(from, path);
  const expected = option === "out" ? "a file" : "a folder";
  throw new LabError({ code: "bad-input", input: `--${option}`, expected, found: "nothing" });
}

async function run(
  options: Options,
  zoo: ZooManifest,
  asked: Spec | undefined,
  store: DiskStore | undefined,
): Promise<Report> {
  const { backend, workers, memoryBytes } = options;
  let found: Promise<FoundDataSet> | undefined;
  // A network that is missing is named before images are looked for, which may take long.
  const findData = (): Promise<FoundDataSet> =>
    (found ??= dataSetAsked(options.images, asked?.data, places, process.stderr));
  const networkPlaces: NetworkPlaces = {
    ...{ zoo, folders, from, backend, workers },
    heads: join(cache, "heads"),
    copies: join(cache, "onnx"),
    trained:
      options.store === undefined
        ? join(cache, "networks")
        : join(pathOf("store", options), "networks"),
    checkpoints: store?.checkpoints,
    data: findData,
    async dataOf(ref) {
      // Images of one's own are found by their path.
      const asked = await findData();
      if (asked.ref === ref) return asked;
      const images = { ...options.images, data: ref ?? usualDataSet };
      return dataSetAsked(images, undefined, places, process.stderr);
    },
  };
  /** By the names that were asked for, and by id. */
  const models = new Map<string, ModelFile>();
  const idOf = async (name: string, role: Role, head?: string, ref?: string): Promise<string> => {
    const before = head === undefined ? models.get(name) : undefined;
    // A bottom may be without the head that it needs as a top.
    const isKnown = before && (role === "bottom" || hasHead(before.architecture));
    const model = isKnown ? before : await networkAsked(name, role, head, networkPlaces, ref);
    models.set(model.id, model);
    // In its other role it keeps the head that it has.
    if (head !== fitted) models.set(name, model);
    return model.id;
  };
  const nameOf = (role: Role): string => {
    const [given, ofLink] = [options[role], asked?.curves[0][role]];
    if (given === undefined) return ofLink ?? missing(`--${role}`);
    // An address says how it reads a file, which is given by its path.
    const isSaid = readingText(splitReading(given).reading) !== "";
    return isSaid ? given : given + readingText(fileRefOf(ofLink ?? "")?.reading ?? {});
  };
  const [topName, bottomName] = [nameOf("top"), nameOf("bottom")];
  const top = await idOf(topName, "top", options.topHead, asked?.curves[0].top);
  const bottom = await idOf(bottomName, "bottom", options.bottomHead, asked?.curves[0].bottom);
  const first: Curve = {
    ...(asked?.curves[0] ?? defaultSpec(top, bottom).curves[0]),
    ...options.curve,
    ...(options.objective && withObjective(options.objective)),
    top,
    bottom,
  };
  const others: Curve[] = [];
  for (const curve of curvesAsked(options, asked, first)) {
    const [top, bottom] = [await idOf(curve.top, "top"), await idOf(curve.bottom, "bottom")];
    others.push({ ...curve, top, bottom });
  }
  for (let step = 1; step < options.stitchSeeds; step++) {
    others.push({ ...first, seed: first.seed + step });
  }
  const data = await findData();
  const spec = specFor(options, asked, [first, ...others], data);
  checkImages(spec, data);
  return runInTerminal(spec, {
    models: [...new Set(models.values())],
    data: data.folder,
    backend,
    workers,
    memoryBytes,
    store,
  });
}

/** @throws LabError for an address that cannot be read whole */
async function experimentAsked(
  { link, preset }: Options,
  zoo: ZooManifest,
): Promise<Asked | undefined> {
  if (link !== undefined && preset !== undefined) {
    const expected = "one of --link and --preset";
    throw new LabError({ code: "bad-input", input: "--preset", expected, found: "both" });
  }
  if (preset !== undefined) {
    const { spec } = presets[preset];
    const path = join(root, "public/recorded", `${preset}.json`);
    if (!existsSync(path)) return { spec };
    const { report, date } = await readJson(path, recordedSchema);
    const whose = `the recorded report of ${date} (${report.backend})`;
    return { spec, author: { spec: report.spec, digest: digestOf(report), whose } };
  }
  return link === undefined ? undefined : readLink(link, zoo.models);
}

/** @throws LabError `bad-input` for a text that is no curve */
function curvesAsked({ also }: Options, asked: Spec | undefined, first: Curve): readonly Curve[] {
  if (also === undefined) return asked?.curves.slice(1) ?? [];
  return also.map((text) => {
    const curve = readCurve(text, first);
    if (curve) return curve;
    const expected = "BOTTOM,TOP,SEED,FAMILY,PERTURBATION,OBJECTIVE or the first of these";
    throw new LabError({ code: "bad-input", input: "--also", expected, found: text });
  });
}

function specFor(
  options: Options,
  asked: Spec | undefined,
  curves: Spec["curves"],
  data: FoundDataSet,
): Spec {
  const { setting } = options;
  const [{ top, bottom }] = curves;
  const protocol = setting.protocol ?? asked?.protocol ?? "quick";
  // Another protocol brings its own numbers of images and epochs.
  const { target: _, ...usual } = specWithData(
    asked?.protocol === protocol ? asked : defaultSpec(top, bottom, protocol, data.ref),
    data,
  );
  // Without labels there is nothing else to ask for.
  const hasLabels = data.manifest.classes.names.length > 0;
  const target = options.target ?? (hasLabels ? asked?.target : "top");
  const images = options.similarityImages ?? asked?.similarityImages ?? "test";
  const { permutations = asked?.permutations ?? null, probes = asked?.probes ?? [] } = options;
  const compared = withPermutations(withSimilarityImages(usual, images), permutations);
  const wanted = {
    ...withDeparture(withProbes(compared, probes), options.departure || asked?.departure === true),
    ...setting,
    ...(target === "top" && { target }),
    curves,
    protocol,
  };
  const parsed = specSchema.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LabError({
    code: "bad-input",
    input: issue?.path.join(".") ?? "spec",
    expected: issue?.message ?? "another value",
    found: JSON.stringify({ ...wanted, ...curves[0] }[issue?.path[0] as keyof typeof wanted]),
  });
}

function missing(option: string): never {
  throw new LabError({
    code: "bad-input",
    input: option,
    expected: "a model, unless --link or --preset names one",
    found: "nothing",
  });
}

// A reader such as `head` may close the output early; that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Where standard error itself cannot be written, a message would fail the same way, endlessly.
    if (error.code === "EPIPE" || stream === process.stderr) return;
    process.stderr.write(`output: could not be written (${error.message})\n`);
    process.exitCode = 1;
  });
}

try {
  await main();
} catch (thrown) {
  if (thrown instanceof LabError) {
    process.stderr.write(`${thrown.message}\n`);
    process.exitCode = thrown.code === "bad-input" ? 2 : 1;
  } else {
    const trace = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    process.stderr.write(
      `This is a bug in Stitch Lab. Please report it with these lines:\n${trace}\n`,
    );
    process.exitCode = 1;
  }
}
