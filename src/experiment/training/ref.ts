/**
 * The text that names a network by its training: `train:seed=1,width=8,images=5000`. Whatever is usual
 * is left out, but for the seed. One table has the properties of a training for references and for the
 * command line.
 */
import { LabError } from "../../core/errors";
import type { LabErrorData } from "../../core/errors";
import { scheduleNames } from "../../core/training/schedules";
import { trainedFamilies } from "./network";
import { trainingSpecSchema, usualTrainingOf, type TrainingSpec } from "./spec";
import { optimizerNames } from "../../core/training/optimizers";

export const trainingPrefix = "train:";

/** One property of a training. */
export interface TrainingProperty {
  readonly field: Exclude<keyof TrainingSpec, "version">;
  /** In references. */
  readonly name: string;
  /** On the command line, where experiments may have another option of that name. */
  readonly option: string;
  /** What stands for the value in help. */
  readonly placeholder: string;
  /** For people; without the usual value. */
  readonly help: string;
  readonly write: (spec: TrainingSpec) => string;
  /** Returns a value that the schema may still refuse. */
  readonly read: (text: string) => unknown;
}

type NumberField = Exclude<
  {
    [Field in keyof TrainingSpec]-?: TrainingSpec[Field] extends number | undefined ? Field : never;
  }[keyof TrainingSpec],
  "version"
>;

const plainNumber = /^\d{1,16}(\.\d{1,20})?(e-?\d{1,3})?$/;

function numberProperty(
  field: NumberField,
  name: string,
  placeholder: string,
  help: string,
  option = name,
): TrainingProperty {
  return {
    field,
    name,
    option,
    placeholder,
    help,
    write: (spec) => String(spec[field] ?? ""),
    read: (text) => (plainNumber.test(text) ? Number(text) : text),
  };
}

/** In the order in which references have them. */
export const trainingProperties: readonly TrainingProperty[] = [
  numberProperty(
    "seed",
    "seed",
    "N",
    "of the first weights, the order of the images and their crops",
  ),
  {
    field: "family",
    name: "family",
    option: "family",
    placeholder: "NAME",
    help: `resnet, ${trainedFamilies.join(", ")}`,
    write: ({ family = "resnet" }) => family,
    read: (text) => (text === "resnet" ? undefined : text),
  },
  numberProperty(
    "width",
    "width",
    "N",
    "filters of the first stage; numbers in a token of a Vision Transformer",
  ),
  {
    field: "blocks",
    name: "blocks",
    option: "blocks",
    placeholder: "A-B-C[-D]",
    help: "residual blocks of each stage",
    write: ({ blocks = [] }) => blocks.join("-"),
    read: (text) =>
      text.split(/[-,]/).map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : part)),
  },
  numberProperty("depth", "depth", "N", "blocks of a Vision Transformer"),
  numberProperty("heads", "heads", "N", "attention heads in each of them"),
  numberProperty("patch", "patch", "N", "side of its patches, in pixels"),
  numberProperty(
    "classes",
    "classes",
    "N",
    "number of classes in a coarser division: 2 for CIFAR-10's objects and animals",
  ),
  {
    field: "data",
    name: "data",
    option: "data",
    placeholder: "NAME|PATH",
    help: "the images, as for an experiment",
    write: ({ data = "cifar10" }) => data,
    read: (text) => (text === "cifar10" ? undefined : text),
  },
  numberProperty("trainImages", "images", "N", "train on the first N", "train-images"),
  numberProperty("skip", "skip", "N", "leave out the first N images before that"),
  {
    ...numberProperty(
      "randomLabels",
      "random-labels",
      "R",
      "share of their labels that are drawn from all classes",
    ),
    read: (text) => (text === "0" ? undefined : plainNumber.test(text) ? Number(text) : text),
  },
  numberProperty("epochs", "epochs", "N", "passes over them; 0 for an untrained network"),
  {
    field: "stop",
    name: "stop",
    option: "stop",
    placeholder: "N",
    help: "end after N of the epochs: an early self of the same network",
    write: ({ stop }) => (stop === undefined ? "" : String(stop)),
    read: (text) => (plainNumber.test(text) ? Number(text) : text),
  },
  numberProperty("batchSize", "batch", "N", "images in a step"),
  numberProperty(
    "parts",
    "parts",
    "N",
    "parts of a batch, each with its own statistics in BatchNorm, which as many workers share",
  ),
  numberProperty("peakRate", "rate", "R", "highest learning rate"),
  {
    field: "schedule",
    name: "schedule",
    option: "schedule",
    placeholder: "NAME",
    help: scheduleNames.join(", "),
    write: ({ schedule }) => schedule,
    read: (text) => text,
  },
  {
    field: "optimizer",
    name: "optimizer",
    option: "optimizer",
    placeholder: "NAME",
    help: optimizerNames.join(", "),
    write: ({ optimizer = "sgd" }) => optimizer,
    read: (text) => (text === "sgd" ? undefined : text),
  },
  numberProperty("momentum", "momentum", "R", "Nesterov's, of SGD"),
  numberProperty("weightDecay", "weight-decay", "R", "L2"),
  numberProperty(
    "labelSmoothing",
    "label-smoothing",
    "R",
    "share of the target spread over all classes",
  ),
  {
    field: "augmented",
    name: "augmentation",
    option: "augmentation",
    placeholder: "yes|no",
    help: "whether images are cropped and mirrored",
    write: ({ augmented }) => (augmented ? "yes" : "no"),
    read: (text) => (text === "yes" ? true : text === "no" ? false : text),
  },
];

/** Returns the shortest text of a training; equal trainings have equal texts. */
export function trainingRef(spec: TrainingSpec): string {
  const usual = usualTrainingOf(spec.family);
  const said = trainingProperties.filter(
    ({ field, write }) =>
      field === "seed" ||
      (field === "family" ? spec.family !== undefined : write(spec) !== write(usual)),
  );
  return trainingPrefix + said.map(({ name, write }) => `${name}=${write(spec)}`).join(",");
}

/**
 * Reads a reference whose properties may be in any order.
 *
 * @throws LabError `bad-input` naming the property
 */
export function readTrainingRef(text: string): TrainingSpec {
  const given = new Map<string, string>();
  const inWords = trainingProperties.map(({ name }) => name).join(", ");
  const refused = (expected: string, found: string): LabError =>
    new LabError({ code: "bad-input", input: trainingPrefix, expected, found });
  if (!text.startsWith(trainingPrefix)) throw refused("a training", text);
  for (const piece of text.slice(trainingPrefix.length).split(",")) {
    const equals = piece.indexOf("=");
    const name = equals < 0 ? piece : piece.slice(0, equals);
    if (equals < 0 || trainingProperties.every((property) => property.name !== name)) {
      throw refused(
        `properties such as seed=0, among ${inWords}`,
        piece === "" ? "nothing" : piece,
      );
    }
    if (given.has(name)) throw refused(`${name} once`, "twice");
    given.set(name, piece.slice(equals + 1));
  }
  return trainingSpecOf(
    given,
    ({ name }) => name,
    (name) => trainingPrefix + name,
  );
}

/**
 * Returns the training with the given values, by name; the others are usual.
 *
 * @param nameOf what properties are called in `given`
 * @param inputOf what errors call the value of that name
 * @throws LabError `bad-input` naming the value
 */
export function trainingSpecOf(
  given: ReadonlyMap<string, string>,
  nameOf: (property: TrainingProperty) => string,
  inputOf: (name: string) => LabErrorData["input"],
): TrainingSpec {
  const changes = new Map(
    trainingProperties.flatMap((property) => {
      const text = given.get(nameOf(property));
      return text === undefined ? [] : [[property.field, property.read(text)] as const];
    }),
  );
  const usual = usualTrainingOf(String(changes.get("family")));
  const values = Object.entries({ ...usual, ...(Object.fromEntries(changes) as object) });
  const parsed = trainingSpecSchema.safeParse(
    Object.fromEntries(values.filter(([, value]) => value !== undefined)),
  );
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const property = trainingProperties.find(({ field }) => field === issue?.path[0]);
  const name = property ? nameOf(property) : "";
  throw new LabError({
    code: "bad-input",
    input: inputOf(name),
    expected: issue?.message ?? "another value",
    found: given.get(name) ?? `${property?.write(usual) ?? ""}, as usual`,
  });
}
