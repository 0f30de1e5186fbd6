import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { cifar10Form } from "../../../src/core/data/cifar10";
import { dataManifestSchema, type DataManifest } from "../../../src/core/data/manifest";
import { zooManifestSchema, type ZooModel } from "../../../src/core/nets/zoo-manifest";
import { readAddress, writeAddress } from "../../../src/experiment/address/address";
import { dataSetRef, imagesAtMost } from "../../../src/experiment/data-sets";
import { limitsOf } from "../../../src/experiment/numbers";
import { planOf } from "../../../src/experiment/plan/plan";
import { curvesOf, defaultSpec, specSchema } from "../../../src/experiment/spec";
import { withModel, withProtocol } from "../../../src/lab/session/experiment/edits";

const path = resolve(import.meta.dirname, "../../../public/zoo/manifest.json");
const { models } = zooManifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
const model = (id: string): ZooModel => {
  const found = models.find((other) => other.id === id);
  if (!found) throw new Error(`${id} is not in the zoo`);
  return found;
};
const grey = "fashion-resnet8-w8-s0";
const colour = "resnet18-w16-s0";

function manifest(change: Partial<DataManifest> = {}): DataManifest {
  const shard = (file: string, images: number) => ({ file, images, sha256: "a".repeat(64) });
  return dataManifestSchema.parse({
    version: 2,
    name: "tiny",
    source: "a test",
    ...cifar10Form,
    imagesPerShard: 5_000,
    train: [shard("train-00.bin", 5_000)],
    test: [shard("test-00.bin", 2_000)],
    ...change,
  });
}

describe("the data set of an address", () => {
  test("is CIFAR-10 where nothing is said, and is then not written", () => {
    const { spec, problems } = readAddress(`#v=3&top=${colour}&bottom=${colour}`, models);
    expect(problems).toEqual([]);
    expect(spec.data).toBeUndefined();
    expect(writeAddress({ spec, backend: null })).not.toContain("data=");
    expect(readAddress("#v=3&data=cifar10", models).spec.data).toBeUndefined();
  });

  test("chooses networks that were trained on it", () => {
    const { spec, problems } = readAddress("#v=3&data=fashion-mnist", models);
    expect(problems).toEqual([]);
    expect(spec.data).toBe("fashion-mnist");
    const [{ top, bottom }] = spec.curves;
    expect([model(top).data, model(bottom).data]).toEqual(["fashion-mnist", "fashion-mnist"]);
    expect(readAddress(writeAddress({ spec, backend: null }), models).spec).toEqual(spec);
  });

  test("can be one of the visitor's own, by its contents", () => {
    const data = `sha256:${"5".repeat(64)}`;
    expect(readAddress(`#v=3&data=${data}`, models).spec.data).toBe(data);
  });

  test("that is not known is reported, and CIFAR-10 is used", () => {
    const { spec, problems } = readAddress("#v=3&data=fashion-mnits", models);
    expect(spec.data).toBeUndefined();
    expect(problems).toEqual([
      {
        parameter: "data",
        found: "fashion-mnits",
        expected: expect.stringContaining("fashion-mnist") as string,
        instead: "used cifar10",
      },
    ]);
  });
});

describe("the number of images", () => {
  test("is limited by what the data set has", () => {
    const spec = defaultSpec(grey, grey, "quick", "fashion-mnist");
    expect(limitsOf("trainImages", spec).max).toBe(60_000);
    expect(specSchema.safeParse({ ...spec, trainImages: 60_000 }).success).toBe(true);
    const { data: _, ...onCifar } = spec;
    expect(specSchema.safeParse({ ...onCifar, trainImages: 60_000 }).success).toBe(false);
    expect(imagesAtMost("testImages", undefined)).toBe(10_000);
  });

  test("beyond what an own data set has is refused with both numbers", () => {
    const [curve] = curvesOf({ ...defaultSpec(colour, colour), trainImages: 6_000 });
    expect(() => planOf(curve, model(colour), model(colour), manifest())).toThrow(
      "training images: expected at most 5000, as many as tiny has, found 6000",
    );
  });
});

describe("a network", () => {
  test("for other images is refused by name", () => {
    const [curve] = curvesOf(defaultSpec(grey, colour));
    expect(() => planOf(curve, model(grey), model(colour), manifest())).toThrow(
      `${grey}: expected a network for tiny’s images of 32 × 32 pixels in 3 channels, found one for 28 × 28 pixels in 1 channel`,
    );
  });

  test("for other classes is refused by name", () => {
    const [curve] = curvesOf(defaultSpec(colour, colour));
    const classes = { names: ["a", "b", "c"], groupings: [] };
    expect(() => planOf(curve, model(colour), model(colour), manifest({ classes }))).toThrow(
      `${colour}: expected a network for tiny’s 3 classes, found one for 10`,
    );
  });

  test("brings the images that it was trained on, and a partner that reads them", () => {
    const before = defaultSpec(colour, "resnet18-w16-s1");
    const spec = withModel(before, "bottom", grey, models);
    expect(spec.data).toBe("fashion-mnist");
    expect(spec.curves[0].bottom).toBe(grey);
    expect(model(spec.curves[0].top).data).toBe("fashion-mnist");
    expect(withProtocol(spec, "paper", models).data).toBe("fashion-mnist");
    const back = withModel(spec, "top", colour, models);
    expect(back.data).toBeUndefined();
    expect(model(back.curves[0].bottom).data).toBeUndefined();
  });
});

describe("a stitched network that should agree with its top", () => {
  const spec = { ...defaultSpec(colour, "resnet18-w16-s1"), target: "top" as const };
  const [curve] = curvesOf({ ...spec, trainImages: 2_000, testImages: 2_000 });

  test("needs no labels, and is scored by the answers of its top", () => {
    const data = manifest({ classes: { names: [], groupings: [] } });
    const plan = planOf(curve, model(colour), model("resnet18-w16-s1"), data);
    const { sha256 } = model(colour);
    const { top, bottom } = plan.baselines;
    if (!bottom) throw new Error("the bottom has a head");
    const scored = [top.images, bottom.images, ...plan.leastSquares.map(({ test }) => test)];
    const trained = plan.stitches.map(({ train }) => train);
    for (const { agreeWith } of [...scored, ...trained]) expect(agreeWith).toBe(sha256);
    // The sums are those of any target.
    for (const { images } of plan.closedForm) expect(images.agreeWith).toBeUndefined();
  });

  test("needs a bottom of the same classes, whose disagreement can be counted", () => {
    const [first] = curvesOf({ ...spec, curves: [{ ...curve, bottom: "resnet18-w16-animals" }] });
    expect(() => planOf(first, model(colour), model("resnet18-w16-animals"), manifest())).toThrow(
      "resnet18-w16-animals: expected the top’s 10 classes, found 2",
    );
  });

  test("has its target in the address", () => {
    const address = writeAddress({ spec, backend: null });
    expect(address).toContain("target=top");
    expect(readAddress(address, models).spec).toEqual(spec);
    expect(readAddress(address.replace("target=top", "target=bottom"), models).problems).toEqual([
      { parameter: "target", found: "bottom", expected: "labels or top", instead: "used labels" },
    ]);
  });
});

test("a data set is named by everything that results depend on, and by nothing else", () => {
  const ref = dataSetRef(manifest());
  expect(ref).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(dataSetRef(manifest({ name: "renamed", source: "elsewhere" }))).toBe(ref);
  const [first = { file: "", images: 0, sha256: "" }] = manifest().train;
  const changes: Partial<DataManifest>[] = [
    { normalisation: cifar10Form.normalisation.map(({ mean }) => ({ mean, deviation: 0.5 })) },
    { classes: { names: cifar10Form.classes.names, groupings: [] } },
    { train: [{ ...first, sha256: "b".repeat(64) }] },
  ];
  for (const change of changes) expect(dataSetRef(manifest(change))).not.toBe(ref);
});
