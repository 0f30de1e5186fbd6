/** Which images an experiment can have: what follows from a choice, and what does not go together. */
import { describe, expect, test } from "vitest";
import type { StoredDataSet } from "../../../../../src/engine/user-data-set";
import { defaultSpec, type Spec } from "../../../../../src/experiment/spec";
import type { LabModel } from "../../../../../src/lab/engine/models";
import {
  absentDataSet,
  canAgree,
  dataChoiceOf,
  dataChoices,
  misfitOf,
  withData,
  withinData,
  type DataChoice,
} from "../../../../../src/lab/session/experiment/data-choice";
import { withModel } from "../../../../../src/lab/session/experiment/edits";
import { model, ownImages, zoo } from "../../fakes";

const ref = ownImages([]).ref;

const ten = "abcdefghij".split("");
const grey: LabModel = {
  ...model("resnet8-s0"),
  data: "fashion-mnist",
  architecture: {
    family: "resnet",
    blocks: [1, 1, 1],
    width: 8,
    input: { height: 28, width: 28, channels: 1 },
  },
};
const models: readonly LabModel[] = [
  ...zoo.models,
  { ...grey, id: "resnet8-random", training: { ...model("r").training, kind: "untrained" } },
  { ...grey, id: "resnet8-s0" },
  { ...grey, id: "resnet8-s1" },
];
const usual = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1");

function chosen(own: StoredDataSet, spec: Spec = usual): Spec {
  const choice = dataChoiceOf({ data: own.ref }, [own]);
  if (!choice) throw new Error("no such data set");
  return withData(spec, choice, dataChoiceOf(spec, [own]), models);
}

function labChoice(name: string): DataChoice {
  const found = dataChoices([]).find((choice) => choice.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

describe("another data set", () => {
  test("brings as many images as it has, and gives the protocol's back", () => {
    const own = ownImages(ten);
    const spec = chosen(own);
    expect(spec).toEqual({ ...usual, data: ref, trainImages: 400, testImages: 100 });
    const choice = dataChoiceOf(spec, [own]);
    expect(withData(spec, labChoice("CIFAR-10"), choice, models)).toEqual(usual);
  });

  test("keeps numbers of images that the visitor chose", () => {
    expect(chosen(ownImages(ten), { ...usual, trainImages: 256 }).trainImages).toBe(256);
  });

  test("without labels is measured by agreement, which ends with it", () => {
    const own = ownImages([]);
    const spec = chosen(own);
    expect(spec.target).toBe("top");
    const choice = dataChoiceOf(spec, [own]);
    expect(withData(spec, labChoice("CIFAR-10"), choice, models).target).toBeUndefined();
  });

  test("keeps agreement that the visitor chose", () => {
    expect(chosen(ownImages(ten), { ...usual, target: "top" }).target).toBe("top");
  });

  test("that the networks do not read brings trained ones that do", () => {
    const [{ top, bottom }] = withData(usual, labChoice("Fashion-MNIST"), null, models).curves;
    expect([top, bottom].sort()).toEqual(["resnet8-s0", "resnet8-s1"]);
  });

  test("of other classes keeps the networks, which can agree on it", () => {
    const spec = chosen(ownImages(["cat", "dog", "eel"]));
    expect(spec.curves).toEqual(usual.curves);
    expect(canAgree(spec, models)).toBe(true);
  });

  test("of the visitor's stays when another network is chosen", () => {
    const spec = chosen(ownImages(ten));
    expect(withModel(spec, "top", "myrtle-w16-s0", models).data).toBe(ref);
  });
});

describe("a misfit", () => {
  const misfit = (own: StoredDataSet, spec: Spec) => {
    const choice = dataChoiceOf({ data: own.ref }, [own]);
    return choice && misfitOf({ ...spec, data: own.ref }, choice, models);
  };

  test.each([
    ["images that fit", ownImages(ten), usual, null],
    ["another size", ownImages(ten, { height: 64 }), usual, { type: "size" }],
    ["grey images", ownImages(ten, { channels: 1 }), usual, { type: "size" }],
    ["other classes", ownImages(["cat", "dog"]), usual, { type: "classes", count: 10 }],
    ["no labels", ownImages([]), usual, { type: "unlabelled" }],
    ["agreement on other classes", ownImages(["cat", "dog"]), { ...usual, target: "top" }, null],
    ["agreement without labels", ownImages([]), { ...usual, target: "top" }, null],
    [
      "agreement on another size",
      ownImages([], { width: 30 }),
      { ...usual, target: "top" },
      { type: "size" },
    ],
  ] as const)("%s", (_, own, spec, expected) => {
    if (expected === null) expect(misfit(own, spec)).toBeNull();
    else expect(misfit(own, spec)).toMatchObject(expected);
  });

  test("is a bottom with other classes than the top that it is to agree with", () => {
    const hundred: LabModel = {
      ...model("resnet18-c100"),
      architecture: { family: "resnet", blocks: [2, 2, 2, 2], width: 16, classes: 100 },
    };
    const spec: Spec = { ...defaultSpec("resnet18-w16-s0", "resnet18-c100"), target: "top" };
    const choice = labChoice("CIFAR-10");
    expect(misfitOf(spec, choice, [...models, hundred])).toEqual({
      type: "top",
      network: "resnet18-c100",
      count: 100,
    });
    expect(canAgree(spec, [...models, hundred])).toBe(false);
  });
});

test("no experiment asks for more images than its data set has", () => {
  const choice = dataChoiceOf({ data: ref }, [ownImages(ten)]);
  expect(withinData({ ...usual, data: ref }, choice)).toMatchObject({
    trainImages: 400,
    testImages: 100,
  });
  expect(withinData(usual, null)).toBe(usual);
});

test("images are absent until they are here; those of the lab never are", () => {
  expect(absentDataSet({ data: ref }, [])).toBe(ref);
  expect(absentDataSet({ data: ref }, [ownImages(ten)])).toBeNull();
  expect(absentDataSet({ data: "fashion-mnist" }, [])).toBeNull();
  expect(absentDataSet({}, [])).toBeNull();
});

test("Fashion-MNIST from the visitor's files is listed once", () => {
  const own = { ...ownImages(ten), ref: "fashion-mnist" };
  expect(dataChoices([own]).map(({ name }) => name)).toEqual(["CIFAR-10", "Fashion-MNIST"]);
});
