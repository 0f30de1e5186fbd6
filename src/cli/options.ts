/** Reads the command line. */
import { parseArgs } from "node:util";
import * as z from "../core/schema";
import { LabError } from "../core/errors";
import type { ProbeRepresentation } from "../core/linear-head/representation";
import type { DataForm } from "../core/data/form";
import type { Fit } from "../core/data/import/pictures/fit";
import { labDataSet, labDataSets } from "../experiment/data-sets";
import { decimalWithin, limits, permutationLimits } from "../experiment/limits";
import { perturbationSchema } from "../experiment/perturbation";
import { familySchema } from "../experiment/family";
import { objectiveSchema, type ObjectiveName } from "../experiment/objective";
import { presetNames, type PresetName } from "../experiment/figures";
import { probesSchema } from "../experiment/probes";
import { protocolNameSchema } from "../experiment/protocol";
import type { BackendName } from "../experiment/report";
import {
  layoutSchema,
  mostCurves,
  siteListSchema,
  type Curve,
  type Spec,
} from "../experiment/spec";

/** Which images an experiment reads, and what is made of them first. */
export interface DataOptions {
  /** An id, a path, or a ref by its contents. */
  readonly data: string | undefined;
  readonly fit: Fit | undefined;
  readonly isGrey: boolean;
  readonly normalisation: DataForm["normalisation"] | undefined;
}

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
  /** Paths of linear heads for networks without one, or `fit`. */
  readonly topHead: string | undefined;
  readonly bottomHead: string | undefined;
  /** Further curves, as they were given. */
  readonly also: readonly string[] | undefined;
  readonly out: string | undefined;
  readonly images: DataOptions;
  readonly backend: BackendName;
  readonly workers: number | undefined;
  readonly memoryBytes: number | undefined;
  /** What counts as correct: the images' labels, or the top's answers. */
  readonly target: "labels" | "top" | undefined;
  /** Parts of the spec that were given, but for its curves and the three below. */
  readonly setting: Partial<
    Omit<
      Spec,
      "version" | "curves" | "similarityImages" | "target" | "permutations" | "probes" | "departure"
    >
  >;
  /** Images that similarity is measured on. */
  readonly similarityImages: "test" | "train" | undefined;
  /** Of the null of similarity; null for none. */
  readonly permutations: number | null | undefined;
  /** What linear probes read; empty for none. */
  readonly probes: readonly ProbeRepresentation[] | undefined;
  /** Whether departures are measured; otherwise as the experiment asked for says. */
  readonly departure: boolean;
  /** Seeds of the first curve's stitches, counted up from its own. */
  readonly stitchSeeds: number;
  /** Parts of the first curve that were given, but for its networks and objective. */
  readonly curve: Partial<Omit<Curve, "top" | "bottom" | "objective">>;
  readonly objective: ObjectiveName | undefined;
}

export const workerLimits = { min: 1, max: 256 };
const backendHere = z.enum(["webgpu", "wasm", "cpu"]);
const permutationsAsked = z.union([
  z.pipe(
    z.literal("none"),
    z.transform(() => null),
  ),
  decimalWithin(permutationLimits),
]);
const probesAsked = z.pipe(
  z.string(),
  z.union([
    z.pipe(
      z.literal("none"),
      z.transform((): Spec["probes"] & object => []),
    ),
    z.pipe(
      z.transform((text: string) => text.split(",")),
      probesSchema,
    ),
  ]),
);

const size = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,3}(x[1-9]\d{0,3})?$/, "a size such as 32 or 28x28")),
  z.transform((text): Fit => {
    const [height = 0, width = height] = text.split("x").map(Number);
    return { height, width };
  }),
);

const memory = z.pipe(
  z.string().check(z.regex(/^\d{1,6}(\.\d{1,3})?[MG]B$/, "a size such as 800MB or 6GB")),
  z.transform((text) => Number.parseFloat(text) * (text.endsWith("GB") ? 1e9 : 1e6)),
);

const channelNumbers = /^\d(\.\d+)?(,\d(\.\d+)?){0,2}$/;

const normalisationAsked = z.pipe(
  z.string().check(
    z.refine(
      (text) => {
        const [means = "", deviations = "", ...more] = text.split("/");
        const isGiven = [means, deviations].every((list) => channelNumbers.test(list));
        const isWhole = numbers(means).length === numbers(deviations).length && more.length === 0;
        return text in labDataSets || (isGiven && isWhole && !numbers(deviations).includes(0));
      },
      { error: "a data set's name, or means and deviations: 0.5,0.5,0.5/0.25,0.25,0.25" },
    ),
  ),
  z.transform((text): DataForm["normalisation"] => {
    if (text in labDataSets) return labDataSet(text)?.form.normalisation ?? [];
    const [means = [], deviations = []] = text.split("/").map(numbers);
    return means.map((mean, channel) => ({ mean, deviation: deviations[channel] ?? 1 }));
  }),
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
        z.string().check(z.regex(/^\d+(,\d+)*$/, "all, or site numbers separated by commas")),
        z.transform(numbers),
      ),
      siteListSchema,
    ),
  ]);
  const setting = {
    protocol: read("protocol", protocolNameSchema),
    layout: read("layout", layoutSchema),
    sites: read("sites", sites),
    trainImages: read("train-images", decimalWithin(limits.trainImages)),
    testImages: read("test-images", decimalWithin(limits.testImages)),
    epochs: read("epochs", decimalWithin(limits.epochs)),
  };
  const imageSize = read("image-size", size);
  const shorterSide = read("resize", decimalWithin({ min: 1, max: 9_999 }));
  if (shorterSide !== undefined && !imageSize) {
    const expected = "--image-size too, the size of the crop";
    throw new LabError({ code: "bad-input", input: "--resize", expected, found: "nothing" });
  }
  const curve = {
    seed: read("seed", decimalWithin(limits.seed)),
    family: read("family", familySchema),
    perturbation: read("perturbation", perturbationSchema),
  };
  const objective = read("objective", objectiveSchema);
  return {
    help: values.help ?? false,
    list: values.list ?? false,
    link: values.link,
    preset: read("preset", z.enum(presetNames, `one of ${presetNames.join(", ")}`)),
    store: values.store,
    top: values.top,
    bottom: values.bottom,
    topHead: values["top-head"],
    bottomHead: values["bottom-head"],
    also: values.also,
    out: values.out,
    images: {
      data: values.data,
      fit: imageSize && { ...imageSize, shorterSide },
      isGrey: values.grey ?? false,
      normalisation: read("normalisation", normalisationAsked),
    },
    backend: read("backend", backendHere) ?? "wasm",
    workers: read("workers", decimalWithin(workerLimits)),
    memoryBytes: read("memory", memory),
    target: read("target", z.enum(["labels", "top"], "labels or top")),
    setting: given(setting),
    similarityImages: read("similarity-images", z.enum(["test", "train"], "test or train")),
    permutations: read("permutations", permutationsAsked),
    probes: read("probes", probesAsked),
    departure: values.departure ?? false,
    stitchSeeds: read("stitch-seeds", decimalWithin({ min: 1, max: mostCurves })) ?? 1,
    curve: given(curve),
    objective,
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
        "top-head": text,
        "bottom-head": text,
        protocol: text,
        layout: text,
        sites: text,
        "train-images": text,
        "test-images": text,
        "similarity-images": text,
        permutations: text,
        probes: text,
        departure: { type: "boolean" },
        "stitch-seeds": text,
        epochs: text,
        seed: text,
        family: text,
        perturbation: text,
        objective: text,
        backend: text,
        workers: text,
        memory: text,
        link: text,
        preset: text,
        store: text,
        out: text,
        data: text,
        target: text,
        "image-size": text,
        resize: text,
        grey: { type: "boolean" },
        normalisation: text,
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
        expected: "options listed by --help",
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
