/**
 * The command line: one experiment, with the very engine that the page uses.
 *
 *     npm run -s stitch -- --top resnet18-w16-s0 --bottom resnet18-w16-s1 --out report.json
 */
import { access, constants, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { dataManifestSchema } from "../core/data/manifest";
import { LabError } from "../core/errors";
import type { ZooManifest } from "../core/weights/manifest";
import { runExperiment } from "../engine/host/run";
import { readAddress } from "../experiment/address";
import type { Report } from "../experiment/report";
import { defaultSpec, specSchema, type Spec } from "../experiment/spec";
import { nodeDeps } from "./node-deps";
import { readZoo, resolveModel, type Folders } from "./models";
import { helpText, readOptions, type Options } from "./options";
import { progressLine } from "./progress-line";
import { readJson } from "./read-json";
import { reportTable } from "./table";

const root = resolve(import.meta.dirname, "../..");
const folders: Folders = { zoo: join(root, "public/zoo"), data: join(root, "public/data") };
/** npm runs scripts in the package's folder; this is where the user stood. */
const from = process.env.INIT_CWD ?? process.cwd();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(helpText);
    return;
  }
  const zoo = await readZoo(folders);
  if (options.list) {
    for (const { id, testError, summary } of zoo.models) {
      process.stdout.write(`${id}  test error ${(100 * testError).toFixed(2)} %  ${summary}\n`);
    }
    return;
  }
  const out = options.out === undefined ? undefined : resolve(from, options.out);
  // Found out now, not after an hour's work.
  if (out !== undefined) await checkWritable(out);
  const report = await run(options, zoo);
  if (out !== undefined) await writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${reportTable(report)}\n`);
}

async function run(options: Options, zoo: ZooManifest): Promise<Report> {
  const asked = options.link === undefined ? undefined : readLink(options.link, zoo);
  const top = await resolveModel(options.top ?? asked?.top ?? missing("--top"), zoo, folders, from);
  const bottom = await resolveModel(
    options.bottom ?? asked?.bottom ?? missing("--bottom"),
    zoo,
    folders,
    from,
  );
  const spec = specFor(options, asked, top.id, bottom.id);
  const data = await readJson(join(folders.data, "manifest.json"), dataManifestSchema);
  const cores = options.backend === "webgpu" ? 1 : availableParallelism();
  const line = progressLine(process.stderr);
  const abort = new AbortController();
  process.once("SIGINT", () => {
    abort.abort();
  });
  try {
    for await (const event of runExperiment(spec, {
      models: { top, bottom },
      data,
      dataFolder: `${folders.data}/`,
      backend: options.backend,
      ...nodeDeps(),
      workers: options.workers ?? cores,
      signal: abort.signal,
    })) {
      line.show(event);
      if (event.type === "finished") return event.report;
    }
  } finally {
    line.end();
  }
  throw new Error("the experiment ended without a report");
}

function specFor(options: Options, asked: Spec | undefined, top: string, bottom: string): Spec {
  const protocol = options.spec.protocol ?? asked?.protocol ?? "quick";
  // Another protocol brings its own numbers of images and epochs.
  const base = asked?.protocol === protocol ? asked : defaultSpec(top, bottom, protocol);
  const parsed = specSchema.safeParse({ ...base, ...options.spec, top, bottom, protocol });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LabError({
    code: "bad-input",
    input: issue?.path.join(".") ?? "spec",
    expected: issue?.message ?? "another value",
    found: JSON.stringify({ ...base, ...options.spec }[issue?.path[0] as keyof Spec]),
  });
}

/** A link that cannot be read whole is refused: a person at a page may look and choose, a script cannot. */
function readLink(link: string, zoo: ZooManifest): Spec {
  const { spec, problems } = readAddress(link.slice(link.indexOf("#")), zoo.models);
  const problem = problems[0];
  if (problem) {
    const { parameter, expected, found } = problem;
    throw new LabError({ code: "bad-input", input: `--link: ${parameter}`, expected, found });
  }
  return spec;
}

function missing(option: string): never {
  throw new LabError({
    code: "bad-input",
    input: option,
    expected: "a model (or an address with --link)",
    found: "nothing",
  });
}

async function checkWritable(path: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (thrown) {
    throw new LabError(
      { code: "storage", input: "--out", expected: "a folder that can be written", found: path },
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
