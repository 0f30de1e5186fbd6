/** Reads the command line. */
import { parseArgs } from "node:util";
import * as z from "../core/schema";
import { LabError } from "../core/errors";
import { perturbationSchema } from "../experiment/perturbation";
import { familySchema } from "../experiment/family";
import { presetNames, type PresetName } from "../experiment/presets";
import { protocolNames, protocolNameSchema } from "../experiment/protocol";
import type { BackendName } from "../experiment/report";
import {
  epochsSchema,
  layouts,
  layoutSchema,
  mostCurves,
  seedSchema,
  siteListSchema,
  testImagesSchema,
  trainImagesSchema,
  type Curve,
  type Spec,
} from "../experiment/spec";

/** What was asked for, checked one by one but not yet against each other. */
export interface Options {
  readonly help: boolean;
  readonly link: string | undefined;
  readonly preset: PresetName | undefined;
  /** A folder that keeps results and checkpoints. */
  readonly store: string | undefined;
  /** A zoo id or a path. */
  readonly top: string | undefined;
  readonly bottom: string | undefined;
  /** Further curves, as they were given. */
  readonly also: readonly string[] | undefined;
  readonly out: string | undefined;
  readonly backend: BackendName;
  readonly workers: number | undefined;
  /** Parts of the spec that were given, but for its curves. */
  readonly setting: Partial<Omit<Spec, "version" | "curves">>;
  /** Parts of the first curve that were given, but for its networks. */
  readonly curve: Partial<Omit<Curve, "top" | "bottom">>;
}

export const helpText = `Stitch Lab: what does each layer of network A cost when B's layers stand beneath it?

  npm run -s stitch -- --top MODEL --bottom MODEL [options]

  MODEL is an id of the zoo (npm run -s stitch -- --list shows them) or a path to a
  .safetensors file with torchvision's parameter names for ResNet-18.

  --top MODEL          network A, whose top layers are kept
  --bottom MODEL       network B, whose bottom layers are fed in
  --also CURVE         one more curve in the same report: BOTTOM,TOP,SEED,FAMILY,PERTURBATION,
                       or the first of these, the others being the first curve's; may be given
                       ${String(mostCurves - 1)} times
  --family NAME        which maps a stitch may be: affine (the paper's, the default), kernel-3, -5,
                       -7, -9 (must be trained), orthogonal, permutation, identity, rank-R
  --perturbation HOW   what is done to B's representations first: none, noise-K (K channels of
                       Gaussian noise beside them), shuffled (positions change places)
  --protocol NAME      ${protocolNames.join(", ")}; default quick
  --layout NAME        ${layouts.join(" or ")}: one stitch a layer of A, or every layer of B with every
                       layer of A; default diagonal
  --sites all|0,3,8    which sites, by their numbers in the report; default all
  --train-images N     stitches are fitted on the first N training images
  --test-images N      errors are measured on the first N test images
  --epochs N           passes over the training images
  --seed N             default 0
  --backend NAME       wasm, cpu or webgpu; default wasm
  --workers N          worker threads; default one a core (one for webgpu)
  --link ADDRESS       take the experiment from a shared address; other options override it
  --preset NAME        one of the paper's experiments: ${presetNames.join(", ")};
                       other options override it. Without any, what comes out is set
                       beside the recorded report (with --link: the author's results)
  --store FOLDER       keep finished and unfinished work there: a run that is cut off goes on,
                       and experiments share what they have in common
  --out FILE           write the report as JSON
  --list               show the zoo
  --help               show this
`;

const backendHere = z.enum(["webgpu", "wasm", "cpu"]);
const wholeNumber = z.pipe(
  z.string().check(z.regex(/^\d+$/, "a whole number")),
  z.transform(Number),
);

/** @throws LabError `bad-input` naming the option, what was expected and what was found */
export function readOptions(argv: readonly string[]): Options & { readonly list: boolean } {
  const { values } = parse(argv);
  const read = <T>(name: keyof typeof values, schema: z.ZodMiniType<T>): T | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new LabError({
      code: "bad-input",
      input: `--${name}`,
      expected: parsed.error.issues[0]?.message ?? "another value",
      found: String(value),
    });
  };
  const sites = z.union([
    z.literal("all"),
    z.pipe(
      z.pipe(
        z.string().check(z.regex(/^\d+(,\d+)*$/, "all, or site numbers with commas")),
        z.transform(numbers),
      ),
      siteListSchema,
    ),
  ]);
  const setting = {
    protocol: read("protocol", protocolNameSchema),
    layout: read("layout", layoutSchema),
    sites: read("sites", sites),
    trainImages: read("train-images", z.pipe(wholeNumber, trainImagesSchema)),
    testImages: read("test-images", z.pipe(wholeNumber, testImagesSchema)),
    epochs: read("epochs", z.pipe(wholeNumber, epochsSchema)),
  };
  const curve = {
    seed: read("seed", z.pipe(wholeNumber, seedSchema)),
    family: read("family", familySchema),
    perturbation: read("perturbation", perturbationSchema),
  };
  return {
    help: values.help ?? false,
    list: values.list ?? false,
    link: values.link,
    preset: read("preset", z.enum(presetNames, `one of ${presetNames.join(", ")}`)),
    store: values.store,
    top: values.top,
    bottom: values.bottom,
    also: values.also,
    out: values.out,
    backend: read("backend", backendHere) ?? "wasm",
    workers: read("workers", z.pipe(wholeNumber, z.int().check(z.minimum(1), z.maximum(256)))),
    setting: given(setting),
    curve: given(curve),
  };
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: argv.map(withCurrentName),
      allowPositionals: false,
      options: {
        top: text,
        bottom: text,
        protocol: text,
        layout: text,
        sites: text,
        "train-images": text,
        "test-images": text,
        epochs: text,
        seed: text,
        family: text,
        perturbation: text,
        backend: text,
        workers: text,
        link: text,
        preset: text,
        store: text,
        out: text,
        also: { type: "string", multiple: true },
        list: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (thrown) {
    throw new LabError(
      {
        code: "bad-input",
        input: "command line",
        expected: "the options that --help shows",
        found: thrown instanceof Error ? thrown.message : String(thrown),
      },
      { cause: thrown },
    );
  }
}

/** Options by the names that the first version gave them. */
const currentNames: ReadonlyMap<string, string> = new Map([
  ["--taps", "--sites"],
  ["--altered", "--perturbation"],
]);

function withCurrentName(argument: string): string {
  const [name = "", ...value] = argument.split("=");
  return [currentNames.get(name) ?? name, ...value].join("=");
}

function numbers(list: string): number[] {
  return list.split(",").map(Number);
}

/** Without the properties that are undefined. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
