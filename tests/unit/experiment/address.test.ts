import { describe, expect, test } from "vitest";
import type { Architecture } from "../../../src/core/nets/architecture-schema";
import { seeded, type Generator } from "../../../src/core/random/generator";
import { readAddress, writeAddress } from "../../../src/experiment/address/address";
import { recordedNames, presets } from "../../../src/experiment/figures";
import { protocolNames } from "../../../src/experiment/protocol";
import { backendNames } from "../../../src/experiment/report";
import {
  defaultSpec,
  specSchema,
  withFirstCurve,
  withOtherCurves,
  withPermutations,
  withDeparture,
  withProbes,
  withSimilarityImages,
  type Curve,
  type Spec,
} from "../../../src/experiment/spec";

const resnet18: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 16 };
const myrtle: Architecture = { family: "myrtle", width: 16 };
const models = [
  { id: "resnet18-w16-random", architecture: resnet18 },
  { id: "resnet18-w16-s0", architecture: resnet18 },
  { id: "resnet18-w16-s1", architecture: resnet18 },
  { id: "myrtle-w16-s0", architecture: myrtle },
  { id: "myrtle-w16-s1", architecture: myrtle },
];
const usual = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1");
const pair = "v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0";

describe("writing", () => {
  test("defaults are left out; version, networks and protocol never", () => {
    expect(writeAddress({ spec: usual, backend: null })).toBe(
      "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick",
    );
  });

  test("everything that differs from the protocol's defaults is written, in one order", () => {
    const spec: Spec = {
      ...withFirstCurve(usual, { seed: 7 }),
      protocol: "paper",
      sites: [0, 3, 8],
      trainImages: 5_000,
      testImages: 1_000,
      similarityImages: "train",
      epochs: 3,
    };
    expect(writeAddress({ spec, backend: "wasm" })).toBe(
      "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=paper&sites=0,3,8" +
        "&train=5000&test=1000&similarity=train&epochs=3&seed=7&backend=wasm",
    );
  });

  test("probes are written, read back in order, kept by another protocol and off by default", () => {
    const both = withProbes(usual, ["pooled", "flattened"]);
    const address = writeAddress({ spec: both, backend: null });
    expect(address).toBe(
      "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick&probes=pooled,flattened",
    );
    expect(readAddress(address, models)).toEqual({ spec: both, backend: null, problems: [] });
    const { spec } = readAddress(address.replace("quick", "glance"), models);
    expect(spec).toMatchObject({ protocol: "glance", probes: ["pooled", "flattened"] });
    expect(readAddress("#v=3&protocol=quick", models).spec.probes).toBeUndefined();
    const mended = readAddress(address.replace("pooled,flattened", "flattened,deep"), models);
    expect(mended.spec.probes).toEqual(["flattened"]);
    expect(mended.problems).toEqual([
      {
        parameter: "probes",
        found: "flattened,deep",
        expected: "none or pooled,flattened, or one of them",
        instead: "used flattened",
      },
    ]);
  });

  test("permutations are written, read back, kept by another protocol and off by default", () => {
    const asked = withPermutations(usual, 500);
    const address = writeAddress({ spec: asked, backend: null });
    expect(address).toBe(
      "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick&permutations=500",
    );
    expect(readAddress(address, models)).toEqual({ spec: asked, backend: null, problems: [] });
    const { spec } = readAddress(address.replace("quick", "glance"), models);
    expect(spec).toMatchObject({ protocol: "glance", permutations: 500 });
    expect(readAddress("#v=3&permutations=none", models)).toMatchObject({ problems: [] });
    expect(usual).not.toHaveProperty("permutations");
  });

  test("departures are measured where the address says so, and kept by another protocol", () => {
    const spec = withDeparture(usual, true);
    const address = writeAddress({ spec, backend: null });
    expect(address).toMatch(/&protocol=quick&departure=1$/);
    expect(readAddress(address, models)).toEqual({ spec, backend: null, problems: [] });
    expect(readAddress(address.replace("=1", "=0"), models).spec).toEqual(usual);
    expect(readAddress(address.replace("departure=1", "departure=yes"), models)).toMatchObject({
      spec: usual,
      problems: [
        { parameter: "departure", found: "yes", expected: "1 or 0", instead: "left it out" },
      ],
    });
  });

  test("other curves are written as their differences from the first one", () => {
    const [top, bottom] = ["resnet18-w16-s0", "resnet18-w16-random"];
    const plain = { seed: 0, family: "affine", perturbation: "none" } as const;
    const others: Curve[] = [
      { ...plain, top, bottom },
      { ...plain, top: "resnet18-w16-s1", bottom: top },
      { ...plain, top, bottom: "resnet18-w16-s1", seed: 3 },
    ];
    const spec = withOtherCurves(usual, others);
    const hash = writeAddress({ spec, backend: null });
    expect(hash).toBe(
      "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick" +
        "&also=resnet18-w16-random;resnet18-w16-s0,resnet18-w16-s1;resnet18-w16-s1,resnet18-w16-s0,3",
    );
    expect(readAddress(hash, models)).toEqual({ spec, backend: null, problems: [] });
  });

  test("the objective of the first curve and of the others is written, the task is not", () => {
    const [first] = usual.curves;
    const matched = withFirstCurve(usual, { objective: "match" });
    const spec = withOtherCurves(matched, [first, { ...first, objective: "functional" }]);
    const hash = writeAddress({ spec, backend: null });
    expect(hash).toMatch(/&objective=match&also=/);
    expect(readAddress(hash, models)).toEqual({ spec, backend: null, problems: [] });
    expect(writeAddress({ spec: usual, backend: null })).not.toContain("objective");
    const { spec: mended, problems } = readAddress(
      hash.replace("protocol=quick", "protocol=paper").replace(/&also=.*/, ""),
      models,
    );
    expect(mended.curves[0].objective).toBeUndefined();
    expect(problems).toEqual([
      {
        parameter: "objective",
        found: "match",
        expected:
          "task, unless the family is affine and the protocol quick, or paper for shuffled-labels",
        instead: "used task",
      },
    ]);
  });

  test("both controls that know labels are written and read, shuffled labels with paper too", () => {
    const [first] = usual.curves;
    const noise = withFirstCurve(usual, { perturbation: "class-noise" });
    const shuffled = { ...first, objective: "shuffled-labels" } as const;
    const spec: Spec = { ...withOtherCurves(noise, [shuffled]), protocol: "paper" };
    const hash = writeAddress({ spec, backend: null });
    expect(hash).toMatch(/&perturbation=class-noise&also=.*,none,shuffled-labels$/);
    expect(readAddress(hash, models)).toEqual({ spec, backend: null, problems: [] });
    const fresh = hash.replace("&perturbation", "&family=fresh-top&perturbation");
    expect(readAddress(fresh.replace(/&also=.*/, ""), models).problems).toEqual([
      {
        parameter: "perturbation",
        found: "class-noise",
        expected: "class-noise with stitches, not with a fresh top",
        instead: "used none",
      },
    ]);
  });

  test("a number that is another protocol's default is written", () => {
    const spec: Spec = { ...usual, trainImages: 10_000 };
    expect(writeAddress({ spec, backend: null })).toMatch(/&train=10000$/);
  });
});

describe("a figure by its name", () => {
  const zoo = [...new Set(Object.values(presets).flatMap(({ spec }) => spec.curves))]
    .flatMap(({ top, bottom }) => [top, bottom])
    .map((id) => ({ id, architecture: id.startsWith("myrtle") ? myrtle : resnet18 }));

  test("is its experiment, which is written in full", () => {
    const { spec, problems } = readAddress("#figure=random", zoo);
    expect(problems).toEqual([]);
    expect(spec).toEqual(presets.random.spec);
    expect(writeAddress({ spec, backend: null })).toMatch(/^#v=3&bottom=.*&also=/);
  });

  test("is changed by the parameters beside it", () => {
    const { spec } = presets.random;
    const read = (text: string): Spec => {
      const { spec: found, problems } = readAddress(`#${text}`, zoo);
      expect(problems).toEqual([]);
      return found;
    };
    expect(read("test=500&figure=random")).toEqual({ ...spec, testImages: 500 });
    expect(read("figure=random&protocol=quick")).toEqual(spec);
    expect(read("figure=random&protocol=glance").curves).toEqual(spec.curves);
    expect(read("figure=random&protocol=glance").epochs).toBe(0);
    expect(read("figure=random&also=resnet18-w16-s2").curves).toHaveLength(2);
    expect(read("figure=kernels&layout=grid").sites).toBe("all");
    expect(read("figure=random&v=2")).toEqual(spec);
    expect(read("figure=random&similarity=train").similarityImages).toBe("train");
  });

  test("that is unknown is reported with the names of those that are", () => {
    expect(readAddress("#figure=nosuch&test=500", zoo)).toEqual({
      spec: { ...usual, testImages: 500 },
      backend: null,
      problems: [
        {
          parameter: "figure",
          found: "nosuch",
          expected: `one of ${recordedNames.join(", ")}`,
          instead: "ignored it",
        },
      ],
    });
    // Of this figure a network is not here.
    expect(readAddress("#figure=seeds", models).problems).toMatchObject([
      { expected: "one of kernels, random, noise, shuffled, ranks, trained" },
    ]);
  });

  test("whose curves no longer go together keeps two networks, and that is said", () => {
    const { curves, similarityImages = "test" } = presets.seeds.spec;
    const [{ top, bottom }, untrained] = curves;
    const { spec, problems } = readAddress(`#figure=seeds&bottom=${untrained?.bottom ?? ""}`, zoo);
    const alone = defaultSpec(top, untrained?.bottom ?? bottom);
    expect(spec).toEqual(withSimilarityImages(alone, similarityImages));
    expect(problems).toMatchObject([
      { parameter: "figure", found: "seeds", instead: "used its two networks alone" },
    ]);
  });
});

describe("an address of which nothing can be read", () => {
  test.each(["#rubbish", "#v=3&seed=x", "#figure=nosuch", "#&", `#${"x".repeat(300_000)}`])(
    "says so: %.20s",
    (hash) => {
      expect(readAddress(hash, models).unreadable).toBe(true);
    },
  );

  test.each(["", "#", "#seed=3&rubbish", "#protocol=quick", "#backend=cpu"])(
    "is another one than %j",
    (hash) => {
      expect(readAddress(hash, models).unreadable).toBeUndefined();
    },
  );
});

describe("reading what can be read", () => {
  test("the issue's example", () => {
    expect(readAddress(`#${pair}&protocol=quick`, models)).toEqual({
      spec: usual,
      backend: null,
      problems: [],
    });
  });

  test("numbers that are left out are the protocol's own", () => {
    const { spec } = readAddress(`#${pair}&protocol=paper`, models);
    expect(spec).toMatchObject({ trainImages: 10_000, testImages: 10_000, epochs: 10 });
    expect(spec.curves).toMatchObject([{ seed: 0 }]);
  });

  test("parameters come in any order: the protocol may follow its numbers", () => {
    const { spec, problems } = readAddress("#train=300&seed=4&protocol=paper&v=2", models);
    expect(problems).toEqual([]);
    expect(spec).toMatchObject({ protocol: "paper", trainImages: 300, epochs: 10 });
    expect(spec.curves).toMatchObject([{ seed: 4 }]);
  });

  test("other curves that are not available are left out and reported", () => {
    const text = "also=nowhere;resnet18-w16-random;resnet18-w16-random;a,b,c,d;resnet18-w16-s1";
    const { spec, problems } = readAddress(`#${pair}&${text}`, models);
    expect(spec.curves.slice(1).map(({ bottom }) => bottom)).toEqual(["resnet18-w16-random"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ parameter: "also", instead: "used 1 of them" });
  });

  test("percent-encoded text is decoded", () => {
    const { spec, problems } = readAddress(`#${pair}&s%69tes=0%2C3%2C8`, models);
    expect(problems).toEqual([]);
    expect(spec.sites).toEqual([0, 3, 8]);
  });

  test("every spec comes back from its own address", () => {
    const random = seeded(2021);
    for (let k = 0; k < 500; k++) {
      const address = {
        spec: specSchema.parse(anySpec(random)),
        backend: random.below(2) === 0 ? null : pick(random, backendNames),
      };
      expect(readAddress(writeAddress(address), models)).toEqual({ ...address, problems: [] });
    }
  });
});

describe("a file of one's own, named by its contents", () => {
  const ref = `sha256:${"0af9".repeat(16)}`;

  test("is kept in the spec even if missing, and comes back from its own address", () => {
    const hash = `#v=3&bottom=${ref}&top=resnet18-w16-s0&protocol=glance&sites=0,8`;
    const reading = readAddress(hash, models);
    expect(reading.problems).toEqual([]);
    expect(reading.spec).toMatchObject({
      curves: [{ bottom: ref, top: "resnet18-w16-s0" }],
      sites: [0, 8],
    });
    expect(writeAddress(reading)).toBe(hash);
  });

  test("if both networks are missing, any site is accepted", () => {
    const hash = `#v=3&bottom=${ref}&top=${ref}&protocol=glance&sites=0,54`;
    expect(readAddress(hash, models)).toMatchObject({ problems: [], spec: { sites: [0, 54] } });
    const here = [...models, { id: ref, architecture: myrtle }];
    const { spec, problems } = readAddress(hash, here);
    expect(spec.sites).toEqual([0]);
    expect(problems[0]?.expected).toMatch(/^site numbers from 0 to 3 /);
  });

  test("is not among the networks that a message offers", () => {
    const { problems } = readAddress("#top=vgg", [{ id: ref, architecture: myrtle }]);
    expect(problems[0]?.expected).toBe("a network");
  });
});

describe("the networks of an address that names none", () => {
  test.each(["", "#"])("two seeds of ResNet-18, from %j", (hash) => {
    expect(readAddress(hash, models)).toEqual({ spec: usual, backend: null, problems: [] });
  });

  test("the first two that correspond, if the default ones are missing", () => {
    const { spec, problems } = readAddress("", [models[0], models[3], models[4]].filter(isThere));
    expect(problems).toEqual([]);
    const [{ top, bottom }] = spec.curves;
    expect([top, bottom]).toEqual(["myrtle-w16-s0", "myrtle-w16-s1"]);
  });

  test("the only one twice, where there is only one", () => {
    const { spec } = readAddress("", models.slice(0, 1));
    const [{ top, bottom }] = spec.curves;
    expect([top, bottom]).toEqual(["resnet18-w16-random", "resnet18-w16-random"]);
  });

  test("one that fits the named network", () => {
    expect(readAddress("#top=myrtle-w16-s1", models).spec.curves[0].bottom).toBe("myrtle-w16-s0");
    expect(readAddress("#bottom=resnet18-w16-random", models).spec.curves[0].top).toBe(
      "resnet18-w16-s0",
    );
  });

  test("an empty zoo does not stop the reading", () => {
    expect(readAddress("#seed=3", []).spec.curves[0].seed).toBe(3);
  });
});

describe("a parameter that cannot be read is reported and replaced by its default, and the rest is used", () => {
  const range = (low: string, high: string): string => `a whole number from ${low} to ${high}`;
  const ordered = "site numbers from 0 to 8 in ascending order, each once, such as 0,8";
  const ids =
    "one of resnet18-w16-random, resnet18-w16-s0, resnet18-w16-s1, myrtle-w16-s0, myrtle-w16-s1";
  const digest = `sha256:${"0af9".repeat(16)}`;
  const known =
    "v, bottom, top, data, target, protocol, layout, sites, train, test, similarity, permutations, probes, departure, epochs, seed, family, perturbation, objective, also, backend, digest, figure";

  const cases: [string, string, string, string, string, string][] = [
    ["an unknown version", "v=4", "v", "4", "1, 2 or 3", "read the rest as version 3"],
    [
      "other images for similarity",
      "similarity=all",
      "similarity",
      "all",
      "test or train",
      "used test",
    ],
    [
      "too few permutations",
      "permutations=199",
      "permutations",
      "199",
      "none or a whole number from 200 to 1,000",
      "left them out",
    ],
    ["an unknown bottom", "bottom=vgg", "bottom", "vgg", ids, "used resnet18-w16-s1"],
    ["an unknown top", "top=VGG!", "top", "VGG!", ids, "used resnet18-w16-s0"],
    [
      "a hash that is cut short",
      `top=${digest.slice(0, -1)}`,
      "top",
      `${digest.slice(0, 60)}…`,
      `${ids}, or sha256: and 64 hex digits`,
      "used resnet18-w16-s0",
    ],
    [
      "an unknown protocol",
      "protocol=fast",
      "protocol",
      "fast",
      "one of glance, quick, paper",
      "used quick",
    ],
    ["too few images", "train=127", "train", "127", range("128", "50,000"), "used 2,000"],
    ["too many images", "test=10001", "test", "10001", range("1", "10,000"), "used 2,000"],
    ["a negative number", "epochs=-1", "epochs", "-1", range("1", "1,000"), "used 4"],
    ["a fraction", "epochs=1.5", "epochs", "1.5", range("1", "1,000"), "used 4"],
    ["an exponent", "train=1e3", "train", "1e3", range("128", "50,000"), "used 2,000"],
    [
      "a number beyond all integers",
      "seed=99999999999999999999",
      "seed",
      "99999999999999999999",
      range("0", "2,147,483,647"),
      "used 0",
    ],
    ["an empty value", "test=", "test", "nothing", range("1", "10,000"), "used 2,000"],
    ["sites out of order", "sites=3,0,8", "sites", "3,0,8", ordered, "used 0,3,8"],
    ["a site twice", "sites=3,3", "sites", "3,3", ordered, "used 3"],
    ["a site beyond the network", "sites=0,9", "sites", "0,9", ordered, "used 0"],
    ["sites that are no numbers", "sites=stem", "sites", "stem", ordered, "used all sites"],
    [
      "an unknown backend",
      "backend=cuda",
      "backend",
      "cuda",
      "one of webgpu, webgl, wasm, cpu",
      "chose automatically",
    ],
    [
      "an unknown parameter",
      "colour=red",
      "colour",
      "red",
      `only the parameters ${known}`,
      "ignored it",
    ],
    [
      "a name that every object has",
      "__proto__=1",
      "__proto__",
      "1",
      `only the parameters ${known}`,
      "ignored it",
    ],
    [
      "malformed percent-encoding",
      "test=%E0%A4%A",
      "test",
      "%E0%A4%A",
      range("1", "10,000"),
      "used 2,000",
    ],
    ["a repeated parameter", "seed=5&seed=6", "seed", "5, then 6", "one value", "used the first"],
  ];

  test.each(cases)("%s", (_, text, parameter, found, expected, instead) => {
    const { spec, problems } = readAddress(`#${text}&sites=1&epochs=2&train=500`, models);
    const own = problems.filter(
      (problem) => problem.expected !== "one value" || text.includes("seed"),
    );
    expect(own).toContainEqual({ parameter, found, expected, instead });
    // The first of a repeated parameter counts, so the case's own value comes before these.
    if (!text.startsWith("sites")) expect(spec.sites).toEqual([1]);
    if (!text.startsWith("epochs")) expect(spec.epochs).toBe(2);
    if (!text.startsWith("train")) expect(spec.trainImages).toBe(500);
    expect(specSchema.safeParse(spec).success).toBe(true);
  });

  test("a protocol that trains nothing has no epochs, and one that trains has some", () => {
    const glance = readAddress("#protocol=glance&epochs=3", models);
    expect(glance.spec.epochs).toBe(0);
    expect(glance.problems).toEqual([
      { parameter: "epochs", found: "3", expected: "0", instead: "used 0" },
    ]);
    const quick = readAddress("#epochs=0", models);
    expect(quick.spec.epochs).toBe(4);
    expect(quick.problems[0]?.expected).toBe("a whole number from 1 to 1,000");
  });

  test("an unknown network is replaced by one that fits the other", () => {
    expect(readAddress("#top=myrtle-w16-s0&bottom=vgg", models).spec.curves[0].bottom).toBe(
      "myrtle-w16-s1",
    );
  });

  test("the sites of a shorter network end earlier", () => {
    const { spec, problems } = readAddress("#top=myrtle-w16-s0&sites=0,3,8", models);
    expect(spec.sites).toEqual([0, 3]);
    expect(problems[0]?.expected).toMatch(/^site numbers from 0 to 3 /);
  });

  test("one address may have many problems, and each is reported", () => {
    const { problems } = readAddress("#v=9&bottom=x&top=y&seed=z&u=1", models);
    expect(problems.map(({ parameter }) => parameter)).toEqual(["v", "bottom", "top", "seed", "u"]);
  });

  test("beyond a dozen, problems are counted", () => {
    const names = Array.from({ length: 40 }, (_, k) => `x${k}=1`);
    const { problems } = readAddress(`#${names.join("&")}`, models);
    expect(problems).toHaveLength(13);
    expect(problems.at(-1)?.found).toBe("28 more problems");
  });

  test("random bytes never throw and always give a valid spec", () => {
    const random = seeded(7);
    const alphabet = Array.from("v=12&bottom,top%E0seedtapsites#?+;\u0000é𝕏 ");
    for (let k = 0; k < 2_000; k++) {
      const characters = Array.from({ length: random.below(60) }, () => pick(random, alphabet));
      const { spec } = readAddress(characters.join(""), models);
      expect(specSchema.safeParse(spec).success).toBe(true);
    }
  });
});

function anySpec(random: Generator): Spec {
  const family = random.below(2) === 0 ? models.slice(0, 3) : models.slice(3);
  const siteCount = family.length === 3 ? 9 : 4;
  const some = Array.from({ length: siteCount }, (_, site) => site).filter(
    () => random.below(2) > 0,
  );
  const spec = defaultSpec(
    pick(random, family).id,
    pick(random, family).id,
    pick(random, protocolNames),
  );
  const seed = random.below(2) > 0 ? random.below(2 ** 31 - 1) : 0;
  // Of the same family, each once, and not the first one.
  const first = { ...spec.curves[0], seed };
  const others = family
    .map(({ id }) => ({
      top: first.top,
      bottom: id,
      seed: seed + random.below(2),
      family: pick(random, ["affine", "orthogonal", "rank-7"] as const),
      perturbation: pick(random, ["none", "shuffled", "noise-3", "class-noise"] as const),
    }))
    .filter(({ bottom }) => bottom !== first.bottom && random.below(2) > 0);
  return {
    ...spec,
    curves: [first, ...others],
    sites: some.length === 0 ? "all" : some,
    ...(random.below(2) > 0 && { trainImages: 128 + random.below(49_873) }),
    ...(random.below(2) > 0 && { testImages: 1 + random.below(10_000) }),
    ...(spec.epochs > 0 && random.below(2) > 0 && { epochs: 1 + random.below(1_000) }),
  };
}

function pick<T>(random: Generator, values: readonly T[]): T {
  const value = values[random.below(values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}
