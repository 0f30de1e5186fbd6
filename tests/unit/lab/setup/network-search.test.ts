import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { zooManifestSchema } from "../../../../src/core/nets/zoo-manifest";
import { everything, found, trainingKindOf } from "../../../../src/lab/setup/network-search";
import { networkSentence } from "../../../../src/lab/session/model-names";

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
  test("without a word, all are found", () => {
    expect(ids({})).toHaveLength(models.length);
  });

  test("every word must fit, whatever its case, in any order", () => {
    expect(ids({ text: "SEED resnet18-w16 1" })).toContain("resnet18-w16-s1");
    expect(ids({ text: "resnet18 myrtle" })).toEqual([]);
  });

  test("an architecture's name leaves only its networks", () => {
    const shown = ids({ architecture: "ResNet-18, 16 filters" });
    expect(shown).toContain("resnet18-w16-s0");
    expect(shown.every((id) => id.startsWith("resnet18-w16-"))).toBe(true);
  });
});

test("a network that was also attacked says how it did then", () => {
  const robust = { attack: "PGD, 10 steps", testError: 0.6 };
  const model = { ...like, summary: "Trained on attacked images.", testError: 0.3, robust };
  expect(networkSentence(model)).toBe(
    "Trained on attacked images, 70.0% correct, 40.0% under attack.",
  );
});

describe("how a network was trained is known from its record", () => {
  const trained = (change: Partial<(typeof like)["training"]>) =>
    trainingKindOf({ ...like, training: { ...like.training, ...change } });

  // What zoo/training_data.py writes.
  test.each([
    ["all 50,000 training images", "usual"],
    ["the first 5,000 training images", "fewer"],
    ["half 0 of the training images (25,000; split with seed 7)", "fewer"],
    ["all 50,000 training images, 50% with random labels (seed 9)", "labels"],
    ["all 50,000 training images, labelled object or animal", "labels"],
  ] as const)("%s: %s", (data, expected) => {
    expect(trained({ data })).toBe(expected);
  });

  test("a control that was never trained is that, whatever it saw", () => {
    expect(trained({ epochs: 0 })).toBe("untrained");
  });

  test("another objective is another way", () => {
    expect(trained({ recipe: "zoo/recipes/simclr.py" })).toBe("otherwise");
    expect(trained({ recipe: "zoo/recipes/adversarial.py" })).toBe("otherwise");
  });
});
