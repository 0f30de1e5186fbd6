import { isUntrained } from "../../../../../src/experiment/model-ref";
import { expect, test } from "vitest";
import { titleOf, networkTitle } from "../../../../../src/lab/session/experiment/model-names";
import { axisSites, pairOf } from "../../../../../src/lab/session/experiment/pair";

const top = "train:seed=0";

test("a network that is not trained yet has its layers, its title and its place in a pair", () => {
  const pair = pairOf({ top, bottom: "train:seed=1,width=8" }, []);
  if (!pair) throw new Error("expected a pair");
  expect(pair.bottom.architecture).toEqual({
    ...{ family: "resnet", blocks: [2, 2, 2, 2], width: 8 },
  });
  expect(axisSites(pair).map(({ name }) => name)).toEqual([
    "stem",
    ...Array.from({ length: 8 }, (_, index) => `block ${index + 1}`),
  ]);
  expect(networkTitle(pair.bottom)).toBe("ResNet-18, 8 filters, seed 1");
});

test.each([
  ["train:seed=0,family=vit", "ViT, 4 blocks of 48, seed 0"],
  ["train:seed=2,family=myrtle", "Five-layer CNN, 8 filters, seed 2"],
  ["train:seed=0,skip=10000", "ResNet-18, 4 filters, seed 0, images 10,001 to 20,000"],
  ["train:seed=0,random-labels=0.5", "ResNet-18, 4 filters, seed 0, 50.0% random labels"],
  ["train:seed=0,classes=2,epochs=0", "ResNet-18, 4 filters, 2 classes, untrained, seed 0"],
])("%s is called %s", (id, title) => {
  expect(titleOf(id, [])).toBe(title);
});

test("what cannot be trained here is missing", () => {
  const elsewhere = `train:seed=1,data=sha256:${"a".repeat(64)}`;
  expect(pairOf({ top, bottom: elsewhere }, [])).toBeNull();
  expect(pairOf({ top, bottom: "resnet18-w16-s0" }, [])).toBeNull();
  expect(pairOf({ top, bottom: "train:seed=1,family=vit,patch=5" }, [])).toBeNull();
});

test("a training of no epochs is an untrained control", () => {
  expect(isUntrained("train:seed=0,epochs=0", [])).toBe(true);
  expect(isUntrained(top, [])).toBe(false);
});
