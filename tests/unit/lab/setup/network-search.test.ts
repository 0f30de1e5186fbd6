import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { zooManifestSchema } from "../../../../src/core/nets/zoo-manifest";
import {
  everything,
  found,
  inOrder,
  trainingKindOf,
} from "../../../../src/lab/setup/network-search";
import { userLabModel } from "../../../../src/lab/engine/models";
import { ownNetwork } from "../fakes";
import { networkSentence, titleWithId } from "../../../../src/lab/session/experiment/model-names";

const { models } = zooManifestSchema.parse(
  JSON.parse(await readFile("public/zoo/manifest.json", "utf8")),
);
const like = models.find(({ training }) => training.epochs > 0);
if (!like) throw new Error("the zoo is empty");
const ids = (search: Partial<typeof everything>): string[] =>
  found(
    models,
    { ...everything, ...search },
    (model) => `${model.id} ${networkSentence(model)}`,
  ).map(({ id }) => id);

describe("searching networks", () => {
  test("without a search word, all are found", () => {
    expect(ids({})).toHaveLength(models.length);
  });

  test("every word must match, in any case and order", () => {
    expect(ids({ text: "SEED resnet18-w16 1" })).toContain("resnet18-w16-s1");
    expect(ids({ text: "resnet18 myrtle" })).toEqual([]);
  });

  test("an architecture's name leaves only its networks", () => {
    const shown = ids({ architecture: "ResNet-18, 16 filters" });
    expect(shown).toContain("resnet18-w16-s0");
    expect(shown.every((id) => id.startsWith("resnet18-w16-"))).toBe(true);
  });
});

test("the visitor's own networks come first, then those of the experiment's images", () => {
  const own = userLabModel(ownNetwork("mine.onnx", "a"));
  const dataOf = (data: string | undefined): (string | undefined)[] =>
    inOrder([...models, own], data).map((model) => ("data" in model ? model.data : undefined));
  expect(inOrder([...models, own], undefined)[0]).toBe(own);
  const ofUsual = models.filter(({ data }) => data === undefined).length;
  expect(dataOf(undefined).slice(1, 1 + ofUsual)).toEqual(Array(ofUsual).fill(undefined));
  expect(dataOf("fashion-mnist")[1]).toBe("fashion-mnist");
});

test("a list names a network first and its id after it, a file by its name alone", () => {
  expect(titleWithId("resnet18-w16-s1", models)).toBe("ResNet-18, seed 1 · resnet18-w16-s1");
  const own = userLabModel(ownNetwork("mine.onnx", "a"));
  expect(titleWithId(own.id, [...models, own])).toBe("mine.onnx");
});

test("an attacked network shows its accuracy under attack", () => {
  const robust = { attack: "PGD, 10 steps", testError: 0.6 };
  const model = { ...like, summary: "Trained on attacked images.", testError: 0.3, robust };
  expect(networkSentence(model)).toBe(
    "Trained on attacked images. Test accuracy 70.0% on 10,000 images, 40.0% under adversarial attack.",
  );
});

describe("the kind of training", () => {
  const kinds = new Map(models.map((model) => [model.id, trainingKindOf(model)]));

  test.each([
    ["resnet18-w16-s0", "usual"],
    ["vit-d192-s0", "usual"],
    ["resnet18-w16-n5k", "fewer"],
    ["resnet18-w16-half0", "fewer"],
    ["resnet18-w16-noise50", "labels"],
    ["resnet18-w16-animals", "labels"],
    ["resnet18-w16-simclr", "otherwise"],
    ["resnet18-w16-adv", "otherwise"],
    ["resnet18-w16-random", "untrained"],
  ])("of %s is %s, as the manifest says", (id, kind) => {
    expect(kinds.get(id)).toBe(kind);
  });

  test("does not depend on the wording of data and recipe", () => {
    const data = "half of the images, labelled anew";
    expect(trainingKindOf({ ...like, training: { ...like.training, data } })).toBe("usual");
  });

  test("follows from the epochs where a manifest does not say", () => {
    const { kind, ...rest } = like.training;
    expect(kind).toBe("usual");
    expect(trainingKindOf({ ...like, training: rest })).toBe("usual");
    expect(trainingKindOf({ ...like, training: { ...rest, epochs: 0 } })).toBe("untrained");
  });
});
