import { expect, test } from "vitest";
import { cifar10Form } from "../../../src/core/data/cifar10";
import { dataManifestSchema, type DataManifest } from "../../../src/core/data/manifest";
import type { ResNetArchitecture } from "../../../src/core/nets/architecture-schema";
import { tapsOf } from "../../../src/core/nets/taps";
import type { ModelIdentity } from "../../../src/experiment/plan/check-networks";
import { planOf, type Plan } from "../../../src/experiment/plan/plan";
import { curvesOf, defaultSpec, type CurveSpec } from "../../../src/experiment/spec";

function plan(
  architecture: ResNetArchitecture,
  side: number,
  change: Partial<CurveSpec> = { protocol: "glance" },
  below = architecture,
  names = cifar10Form.classes.names,
): Plan {
  const shard = (images: number): DataManifest["train"][number] => ({
    file: `${images}.bin`,
    images,
    sha256: "a".repeat(64),
  });
  const data = dataManifestSchema.parse({
    version: 2,
    name: "images",
    source: "a test",
    ...cifar10Form,
    height: side,
    width: side,
    ...(names.length === 0 && { classes: { names, groupings: [] } }),
    imagesPerShard: 2_000,
    train: [shard(2_000)],
    test: [shard(1_500)],
  });
  const model = (id: string, of: ResNetArchitecture): ModelIdentity => ({
    id,
    sha256: id.repeat(64),
    architecture: { ...of, input: { height: side, width: side, channels: 3 } },
  });
  const spec = { ...defaultSpec("a", "b", "glance"), trainImages: 2_000, testImages: 1_500 };
  return planOf(
    { ...curvesOf(spec)[0], ...change },
    model("a", architecture),
    model("b", below),
    data,
  );
}

const resnet50: ResNetArchitecture = {
  family: "resnet",
  blocks: [3, 4, 6, 3],
  width: 64,
  expansion: 4,
  stem: "imagenet",
  classes: 10,
};

test("tasks say which taps meet unless tap k meets a tap k of its size", () => {
  const glance = { protocol: "glance" } as const;
  const pairsOf = ({ similarity }: Plan): unknown => similarity[0]?.measures.sites;
  const { stem: _, ...cifar } = resnet50;
  const taps = tapsOf(resnet50).map(({ index }) => index);
  expect(pairsOf(plan(resnet50, 32))).toBeUndefined();
  // As many taps, at which its representations are four times as high and wide.
  expect(pairsOf(plan(resnet50, 32, glance, cifar))).toEqual(taps.map((tap) => [tap, tap]));
});

test("similarity at all sites is measured together on small images", () => {
  const { similarity, asked } = plan(resnet50, 32);
  expect(similarity.map(({ measures }) => measures.asked)).toEqual([asked]);
  expect(similarity[0]?.passes).toHaveLength(2);
});

test("on large images in groups, of which none gathers more sums than its largest site or 100 MB", () => {
  const { similarity, asked, sites } = plan(resnet50, 224);
  const channels = tapsOf(resnet50).map((tap) => tap.channels);
  const bytes = similarity.map(({ measures }) =>
    measures.asked.map((site) => 8 * 3 * (channels[sites[site]?.topTap ?? 0] ?? 0) ** 2),
  );
  expect(similarity.flatMap(({ measures }) => measures.asked)).toEqual(asked);
  expect(similarity.length).toBeGreaterThan(3);
  for (const group of bytes) {
    const sum = group.reduce((total, one) => total + one, 0);
    expect(sum).toBeLessThanOrEqual(Math.max(100e6, ...group));
  }
  for (const { passes, measures } of similarity) {
    expect(passes.map((pass) => pass.asked)).toEqual(passes.map(() => measures.asked));
    expect(passes.map(({ first, end }) => [first, end])).toEqual([
      [0, 1_024],
      [1_024, 1_500],
    ]);
  }
});

const freshTop = { protocol: "quick", family: "fresh-top", epochs: 3 } as const;

test("a fresh top is one task for each site, and a family of its own", () => {
  const { stitches, family, asked } = plan(resnet50, 32, freshTop);
  expect(stitches.map(({ type, site, epochs }) => [type, site, epochs])).toEqual(
    asked.map((site) => ["fresh-top", site, 3]),
  );
  expect(family).toEqual([]);
});

test("a sparse stitch is a trained stitch with its share", () => {
  const { stitches, family } = plan(resnet50, 32, {
    protocol: "quick",
    family: "sparse-0.05",
    epochs: 3,
  });
  expect(stitches[0]).toMatchObject({ type: "stitch", training: "refinement", share: 0.05 });
  expect(family).toEqual([]);
});

test("stitches that match are those of least squares: none is trained", () => {
  const quick = { protocol: "quick", epochs: 3 } as const;
  expect(plan(resnet50, 32, { ...quick, objective: "match" }).stitches).toEqual([]);
  const [task, ...others] = plan(resnet50, 32, quick).stitches;
  expect(plan(resnet50, 32, { ...quick, objective: "functional" }).stitches).toEqual(
    [task, ...others].map((one) => ({ ...one, objective: "functional" })),
  );
  // Results that were stored before there were objectives are still found.
  expect(task).not.toHaveProperty("objective");
});

test("shuffled labels are those that a stitch trains on, and nothing else knows them", () => {
  const quick = { protocol: "quick", epochs: 3, seed: 4 } as const;
  const { stitches: plain, ...others } = plan(resnet50, 32, quick);
  const { stitches, ...same } = plan(resnet50, 32, { ...quick, objective: "shuffled-labels" });
  expect(same).toEqual(others);
  expect(stitches).toEqual(
    plain.map((task) => ({ ...task, train: { ...task.train, shuffledBy: 4 } })),
  );
  const towardsTop = { ...quick, objective: "shuffled-labels", target: "top" } as const;
  expect(plan(resnet50, 32, towardsTop).stitches[0]?.train).toMatchObject({
    agreeWith: "a".repeat(64),
    shuffledBy: 4,
  });
  expect(plain[0]?.train).not.toHaveProperty("shuffledBy");
});

test("noise of each class needs images with labels", () => {
  const noise = { protocol: "glance", perturbation: "class-noise", target: "top" } as const;
  expect(plan(resnet50, 32, noise).closedForm[0]).toMatchObject({ perturbation: "class-noise" });
  expect(() => plan(resnet50, 32, noise, resnet50, [])).toThrow(
    "perturbation class-noise: expected images with labels, found images, which has none",
  );
});

test("layers for large images are not trained from scratch", () => {
  expect(() => plan(resnet50, 224, freshTop)).toThrow(
    "a, whose upper layers are to be trained from scratch: expected parameters with PyTorch’s names, for images of at most 32 × 32 pixels, found resnet, for 224 × 224",
  );
});
