#!/usr/bin/env node
/**
 * The command line: runs one experiment with the engine of the page.
 *
 *     npm run -s stitch -- --top resnet18-w16-s0 --bottom resnet18-w16-s1 --out report.json
 */
import { existsSync } from "node:fs";
import { access, constants, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { LabError } from "../core/errors";
import type { ZooManifest } from "../core/nets/zoo-manifest";
import type { ModelFile } from "../engine/messages";
import { readAddress } from "../experiment/address";
import { digestOf, type Digest } from "../experiment/digest";
import { presets } from "../experiment/figures";
import { recordedSchema, type Report } from "../experiment/report";
import { readCurve } from "../experiment/also";
import { defaultSpec, specSchema, type Curve, type Spec } from "../experiment/spec";
import { comparisonText } from "./comparison-text";
import { prepareCifar10 } from "../node/data/prepare";
import { diskStore } from "../node/stores";
import { readZoo, resolveModel, type Folders } from "../node/models";
import { helpText, readOptions, type Options } from "./options";
import { readJson } from "../node/files";
import { runInTerminal } from "./terminal";
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

const noZoo: ZooManifest = { version: 1, models: [] };

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv[0] === "data") {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    process.stdout.write(`${await prepareCifar10(folders.data, say)}\n`);
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
  const out = options.out === undefined ? undefined : resolve(from, options.out);
  // Found out now, not after an hour's work.
  if (out !== undefined) await checkWritable(out);
  const asked = await experimentAsked(options, zoo);
  const report = await run(options, zoo, asked?.spec);
  if (out !== undefined) await writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${reportTable(report)}\n`);
  const author = asked?.author;
  // Other options may have made another experiment of it.
  if (author && isDeepStrictEqual(report.spec, author.spec)) {
    process.stdout.write(`\n${comparisonText(report, author.digest, author.whose)}\n`);
  }
}

async function run(options: Options, zoo: ZooManifest, asked: Spec | undefined): Promise<Report> {
  const models: ModelFile[] = [];
  const idOf = async (name: string): Promise<string> => {
    const model = await resolveModel(name, zoo, folders, from);
    models.push(model);
    return model.id;
  };
  const top = await idOf(options.top ?? asked?.curves[0].top ?? missing("--top"));
  const bottom = await idOf(options.bottom ?? asked?.curves[0].bottom ?? missing("--bottom"));
  const first: Curve = {
    ...(asked?.curves[0] ?? defaultSpec(top, bottom).curves[0]),
    ...options.curve,
    top,
    bottom,
  };
  const others: Curve[] = [];
  for (const curve of curvesAsked(options, asked, first)) {
    others.push({ ...curve, top: await idOf(curve.top), bottom: await idOf(curve.bottom) });
  }
  const spec = specFor(options, asked, [first, ...others]);
  const { backend, workers } = options;
  const store =
    options.store === undefined ? undefined : await diskStore(resolve(from, options.store));
  return runInTerminal(spec, { models, data: folders.data, backend, workers, store });
}

/** The experiment that other options start from, with what was found of it where that is known. */
interface Asked {
  readonly spec: Spec;
  readonly author?: { readonly spec: Spec; readonly digest: Digest; readonly whose: string };
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
  return link === undefined ? undefined : readLink(link, zoo);
}

/** @throws LabError `bad-input` for a text that is no curve */
function curvesAsked({ also }: Options, asked: Spec | undefined, first: Curve): readonly Curve[] {
  if (also === undefined) return asked?.curves.slice(1) ?? [];
  return also.map((text) => {
    const curve = readCurve(text, first);
    if (curve) return curve;
    const expected = "BOTTOM,TOP,SEED,FAMILY,PERTURBATION or the first of these";
    throw new LabError({ code: "bad-input", input: "--also", expected, found: text });
  });
}

function specFor(options: Options, asked: Spec | undefined, curves: Spec["curves"]): Spec {
  const { setting } = options;
  const [{ top, bottom }] = curves;
  const protocol = setting.protocol ?? asked?.protocol ?? "quick";
  // Another protocol brings its own numbers of images and epochs.
  const base = asked?.protocol === protocol ? asked : defaultSpec(top, bottom, protocol);
  const parsed = specSchema.safeParse({ ...base, ...setting, curves, protocol });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LabError({
    code: "bad-input",
    input: issue?.path.join(".") ?? "spec",
    expected: issue?.message ?? "another value",
    found: JSON.stringify({ ...base, ...setting, ...curves[0] }[issue?.path[0] as keyof Spec]),
  });
}

/**
 * A link that cannot be read whole is refused: a person at a page may look and choose, a script
 * cannot.
 */
function readLink(link: string, zoo: ZooManifest): Asked {
  const { spec, digest, problems } = readAddress(link.slice(link.indexOf("#")), zoo.models);
  const problem = problems[0];
  if (problem) {
    const { parameter, expected, found } = problem;
    throw new LabError({ code: "bad-input", input: `--link: ${parameter}`, expected, found });
  }
  return { spec, ...(digest && { author: { spec, digest, whose: "the address’s author" } }) };
}

function missing(option: string): never {
  throw new LabError({
    code: "bad-input",
    input: option,
    expected: "a model, unless --link or --preset names one",
    found: "nothing",
  });
}

async function checkWritable(path: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (thrown) {
    throw new LabError(
      { code: "storage", input: "--out", expected: "a writable folder", found: path },
      { cause: thrown },
    );
  }
}

try {
  await main();
} catch (thrown) {
  if (!(thrown instanceof LabError)) throw thrown;
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = thrown.code === "bad-input" ? 2 : 1;
}
