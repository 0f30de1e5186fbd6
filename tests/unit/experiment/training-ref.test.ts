import { expect, test } from "vitest";
import { readAddress, writeAddress } from "../../../src/experiment/address/address";
import { readCurve, writeCurve } from "../../../src/experiment/address/also";
import { canonicalModelRef, trainingOf } from "../../../src/experiment/model-ref";
import { curveSchema, defaultSpec, withOtherCurves } from "../../../src/experiment/spec";
import {
  readTrainingRef,
  trainingProperties,
  trainingRef,
} from "../../../src/experiment/training/ref";
import {
  trainingSpecSchema,
  usualTraining,
  usualTrainingOf,
  type TrainingSpec,
} from "../../../src/experiment/training/spec";

const changes: readonly Partial<TrainingSpec>[] = [
  {},
  { seed: 7 },
  { width: 8, trainImages: 5_000, epochs: 3 },
  { blocks: [9, 9, 9], peakRate: 0.05, schedule: "steps" },
  { data: "fashion-mnist", augmented: false },
  { data: `sha256:${"a".repeat(64)}`, trainImages: 100_000 },
  { weightDecay: 1e-7, labelSmoothing: 0.1, momentum: 0, batchSize: 64, parts: 1 },
  { epochs: 0 },
  { epochs: 5, stop: 3 },
  { skip: 10_000, randomLabels: 0.5, classes: 2 },
  { optimizer: "adamw", peakRate: 0.001 },
  usualTrainingOf("myrtle"),
  { ...usualTrainingOf("vit"), seed: 3, width: 96, depth: 6, patch: 8 },
];

test.each(changes)("a reference to %j is read as it was written", (change) => {
  const usual = change.family === undefined ? usualTraining : {};
  const spec = { ...usual, ...change } as TrainingSpec;
  const text = trainingRef(spec);
  expect(readTrainingRef(text)).toEqual(spec);
  expect(text).toMatch(/^train:seed=\d+(,[a-z-]+=[a-z0-9.:-]+)*$/);
});

test("every property of a training is in the table", () => {
  const known: string[] = trainingProperties.map(({ field }) => field);
  expect(["version", ...known].sort()).toEqual(Object.keys(trainingSpecSchema.shape).sort());
});

test("what is usual is left out, but for the seed", () => {
  expect(trainingRef(usualTraining)).toBe("train:seed=0");
  expect(trainingRef({ ...usualTraining, seed: 1, epochs: 3 })).toBe("train:seed=1,epochs=3");
  expect(trainingRef(usualTrainingOf("vit"))).toBe("train:seed=0,family=vit");
});

test.each([
  "train:epochs=3,seed=0",
  "train:seed=0,epochs=3,width=4",
  "train:epochs=3.0,data=cifar10",
  "train:epochs=3,family=resnet,optimizer=sgd,random-labels=0",
  "train:epochs=3,weight-decay=5e-4",
])("%s names what train:seed=0,epochs=3 names", (text) => {
  const [bottom] = readAddress(`#bottom=${text}&top=train:seed=1`, []).spec.curves;
  expect(bottom.bottom).toBe("train:seed=0,epochs=3");
  expect(curveSchema.parse({ top: text, bottom: text, seed: 0 }).top).toBe("train:seed=0,epochs=3");
  expect(canonicalModelRef(text)).toBe("train:seed=0,epochs=3");
});

test.each([
  ["train:seed=-1", "train:seed", "-1"],
  ["train:width=0", "train:width", "0"],
  ["train:images=60000", "train:images", "60000"],
  ["train:images=1e400", "train:images", "1e400"],
  ["train:batch=96,parts=5", "train:parts", "5"],
  ["train:batch=90", "train:parts", "4, as usual"],
  ["train:blocks=2-2", "train:blocks", "2-2"],
  ["train:blocks=2-x-2", "train:blocks", "2-x-2"],
  ["train:rate=0x1", "train:rate", "0x1"],
  ["train:augmentation=maybe", "train:augmentation", "maybe"],
  ["train:data=../secret", "train:data", "../secret"],
  ["train:epochs=3,stop=3", "train:stop", "3"],
  ["train:family=rnn", "train:family", "rnn"],
  ["train:family=vit,blocks=2-2-2", "train:blocks", "2-2-2"],
  ["train:family=vit,width=50", "train:heads", "3, as usual"],
  ["train:depth=3", "train:depth", "3"],
  ["train:width=200", "train:width", "200"],
  ["train:skip=40001", "train:images", "10000, as usual"],
  ["train:random-labels=2", "train:random-labels", "2"],
  ["train:optimizer=adam", "train:optimizer", "adam"],
  ["train:speed=3", "train:", "speed=3"],
  ["train:", "train:", "nothing"],
  ["train:seed=0,seed=1", "train:", "twice"],
])("%s is refused by name", (text, input, found) => {
  expect(() => readTrainingRef(text)).toThrow(
    expect.objectContaining({ code: "bad-input", input, found }),
  );
  expect(canonicalModelRef(text)).toBeNull();
  expect(trainingOf(text)).toBeUndefined();
  expect(curveSchema.safeParse({ top: text, bottom: text, seed: 0 }).success).toBe(false);
});

test("an address names trainings, in further curves too, and stays readable", () => {
  const [first] = defaultSpec("train:seed=0", "train:seed=1,epochs=3").curves;
  const control = { ...first, bottom: "train:seed=1,width=8,epochs=0", seed: 5 };
  const spec = withOtherCurves(defaultSpec(first.top, first.bottom), [control]);
  const address = writeAddress({ spec, backend: null });
  expect(address).toContain("bottom=train:seed=1,epochs=3&top=train:seed=0");
  expect(address).toContain("also=train:seed=1,width=8,epochs=0,train:seed=0,5");
  expect(readAddress(address, [])).toMatchObject({ spec, problems: [] });
});

test("a curve's text is split between its parts, not within a training", () => {
  const first = defaultSpec("train:seed=0,epochs=3", "train:seed=1,epochs=3").curves[0];
  const curve = { ...first, bottom: "train:seed=2,epochs=3", seed: 4 };
  expect(readCurve(writeCurve(curve, first), first)).toEqual(curve);
});

test.each([
  ["train:width=0&top=x", "train:width=", "whole number from 1 to 768"],
  ["train:speed=1", "train:", "properties such as seed=0"],
])("the address problem of bottom=%s says what is wrong", (text, name, expected) => {
  const { problems } = readAddress(`#bottom=${text}`, []);
  expect(problems[0]).toMatchObject({ parameter: "bottom" });
  expect(problems[0]?.expected).toContain(name);
  expect(problems[0]?.expected).toContain(expected);
});

test("a training is no data set", () => {
  expect(readAddress("#data=train:seed=0", []).problems[0]).toMatchObject({ parameter: "data" });
});
