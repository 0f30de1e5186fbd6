import { describe, expect, test, vi } from "vitest";
import { curvesLeft } from "../../../../../src/lab/session/experiment/curves";
import { dataChoices, misfitOf } from "../../../../../src/lab/session/experiment/data-choice";
import { swapped, withModel, withoutModel } from "../../../../../src/lab/session/experiment/edits";
import type { FilePart, StoredModel } from "../../../../../src/engine/user-model";
import {
  absentFiles,
  absentHeads,
  isUserModel,
  userLabModel,
} from "../../../../../src/lab/engine/models";
import { emptyModelImport } from "../../../../../src/lab/session/own-files/model-import";
import { createSession, type Session } from "../../../../../src/lab/session/session";
import { workbenchOf, type Workbench } from "../../../../../src/lab/session/state";
import { defaultPair } from "../../../../../src/experiment/default-pair";
import { defaultSpec, withFirstCurve } from "../../../../../src/experiment/spec";
import { optionLabel } from "../../../../../src/lab/session/experiment/model-names";
import { fileName } from "../../../../../src/lab/format/labels";
import { givenFile, ownNetwork, rememberedRun, ScriptedEngine, TypedBar, zoo } from "../../fakes";

const mine = ownNetwork("mine.safetensors", "a");
const ref = `sha256:${"a".repeat(64)}`;
const asking = `#v=3&bottom=${ref}&top=resnet18-w16-s0&protocol=glance&sites=0,8&backend=wasm`;

describe("a file that is given", () => {
  test("waits for the visitor: nothing of it is stored, and it can be dropped", async () => {
    const { session, engine } = await opened();
    engine.networks.set("mine.safetensors", mine);
    session.giveFiles([givenFile("mine.safetensors")], true);
    const { stored: _, ...examined } = mine;
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport).toEqual({
        ...emptyModelImport,
        waiting: [examined],
      });
    });
    expect(engine.shelf).toEqual([]);
    expect(bench(session).models).toHaveLength(4);
    session.dropNetwork(mine.sha256);
    expect(session.getSnapshot().modelImport).toEqual(emptyModelImport);
    expect(engine.forgotten).toEqual([mine.sha256]);
    session.takeNetwork(mine.sha256, null);
    expect(engine.shelf).toEqual([]);
  });

  test.each(["top", "bottom"] as const)(
    "is stored and used as the %s on one press",
    async (role) => {
      const { session, engine } = await opened();
      engine.networks.set("mine.safetensors", mine);
      session.giveFiles([givenFile("mine.safetensors")], true);
      await taken(session, mine, role);
      expect(bench(session).address.spec.curves[0][role]).toBe(ref);
      expect(engine.shelf).toHaveLength(1);
    },
  );

  test("that another visit has stored needs no decision", async () => {
    const { session, engine } = await opened("", (engine) => engine.shelf.push(mine));
    engine.networks.set("mine.safetensors", mine);
    session.giveFiles([givenFile("mine.safetensors")], true);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport).toMatchObject({ taken: [ref], waiting: [] });
    });
  });

  test("can be kept, and leaves the experiment and its results as they are", async () => {
    const { session, engine, bar } = await opened();
    const before = bar.hash();
    engine.networks.set("mine.safetensors", mine);
    session.giveFiles([givenFile("mine.safetensors")], true);
    await taken(session, mine);
    expect(session.getSnapshot().modelImport).toEqual({
      ...emptyModelImport,
      taken: [ref],
    });
    expect(bar.hash()).toBe(before);
    expect(engine.restores).toHaveLength(1);

    session.change((spec, models) => withModel(spec, "top", ref, models));
    expect(bar.hash()).toContain(`&top=${ref}&`);
    expect(engine.restores.at(-1)?.spec.curves[0].top).toBe(ref);
    session.dismissModelImport();
    expect(session.getSnapshot().modelImport.taken).toEqual([]);
  });

  test("that is refused says why, and the selection stays", async () => {
    const { session, bar } = await opened();
    session.change((spec) => withFirstCurve(spec, { seed: 7 }));
    const before = bar.hash();
    session.giveFiles([givenFile("wrong.safetensors")], true);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport.refused).toHaveLength(1);
    });
    expect(session.getSnapshot().modelImport.refused[0]).toEqual({
      name: "wrong.safetensors",
      error: {
        code: "bad-shape",
        input: "wrong.safetensors",
        expected: "[16,3,3,3]",
        found: "[64,3,7,7]",
      },
    });
    expect(bar.hash()).toBe(before);
    expect(bench(session).models).toHaveLength(4);
    // Its notice says that the selection is unchanged.
    session.change((spec) => withFirstCurve(spec, { seed: 8 }));
    expect(session.getSnapshot().modelImport.refused).toEqual([]);
  });

  test("is accepted even when another file is refused", async () => {
    const { session, engine } = await opened();
    engine.networks.set("mine.safetensors", mine);
    session.giveFiles([givenFile("wrong.safetensors"), givenFile("mine.safetensors")], true);
    await taken(session, mine);
    await until(session, ({ models }) => models.length === 5);
    expect(session.getSnapshot().modelImport).toMatchObject({ reading: null, taken: [ref] });
    expect(session.getSnapshot().modelImport.refused).toHaveLength(1);
  });

  test("that is given twice is one network", async () => {
    const { session, engine } = await opened();
    engine.networks.set("mine.safetensors", mine);
    const file = givenFile("mine.safetensors");
    session.giveFiles([file, file], true);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport).toMatchObject({ reading: null });
      expect(session.getSnapshot().modelImport.waiting).toHaveLength(1);
    });
    await taken(session, mine);
    expect(bench(session).models).toHaveLength(5);
  });

  test("leaves a run under way alone", async () => {
    const { session, engine } = await opened();
    session.run();
    engine.networks.set("mine.safetensors", mine);
    session.giveFiles([givenFile("mine.safetensors")], true);
    await taken(session, mine);
    expect(bench(session).activity.status).toBe("running");
    expect(engine.runs[0]?.signal?.aborted).toBe(false);
  });
});

describe("an ONNX file", () => {
  const onnx: StoredModel = { ...ownNetwork("net.onnx", "b"), weightFiles: ["net.onnx.data"] };
  const file = "b".repeat(64);
  const all: StoredModel = {
    ...ownNetwork("net.onnx:taps=all", "e"),
    reading: { file, fileBytes: 100, taps: "all" },
  };
  const allRef = `sha256:${file}:taps=all`;
  const reading = { taps: "all" } as const;

  test("and the file of its weights, in any order, are one network", async () => {
    const { session, engine } = await opened();
    engine.networks.set("net.onnx", onnx);
    session.giveFiles(["net.onnx.data", "net.onnx"].map(givenFile), true);
    await taken(session, onnx);
    await until(session, ({ models }) => models.length === 5);
    await vi.waitFor(() => expect(session.getSnapshot().modelImport.reading).toBeNull());
    expect(engine.imports).toEqual([{ name: "net.onnx", beside: ["net.onnx.data"] }]);
    expect(session.getSnapshot().modelImport).toMatchObject({
      taken: [`sha256:${file}`],
      refused: [],
    });
  });

  test("that is refused is refused alone, not its weights as well", async () => {
    const { session, engine } = await opened();
    session.giveFiles(["net.onnx.data", "net.onnx"].map(givenFile), true);
    await vi.waitFor(() => expect(session.getSnapshot().modelImport.refused).toHaveLength(1));
    await vi.waitFor(() => expect(session.getSnapshot().modelImport.reading).toBeNull());
    expect(engine.imports).toHaveLength(1);
    expect(session.getSnapshot().modelImport.refused[0]?.name).toBe("net.onnx");
  });

  test("does not hide a file that holds none of its weights", async () => {
    const { session, engine } = await opened();
    engine.networks.set("net.onnx", onnx);
    session.giveFiles(["net.onnx", "net.pth", "net.onnx.data"].map(givenFile), true);
    await vi.waitFor(() => expect(session.getSnapshot().modelImport.refused).toHaveLength(1));
    expect(session.getSnapshot().modelImport.refused[0]?.name).toBe("net.pth");
  });

  test("with all its layers is a network of its own, which takes its place", async () => {
    const { session, engine, bar } = await opened();
    engine.networks.set("net.onnx", onnx);
    engine.readings.set(file, all);
    session.giveFiles([givenFile("net.onnx")], true);
    await taken(session, onnx);
    await until(session, ({ models }) => models.length === 5);
    session.change((spec, models) => withModel(spec, "bottom", `sha256:${file}`, models));
    session.readAgain(`sha256:${file}`, reading);
    await until(session, ({ models }) => models.some(({ id }) => id === allRef));
    await vi.waitFor(() => expect(bar.hash()).toContain(`bottom=${allRef}&`));
    expect(bench(session).models.some(({ id }) => id === `sha256:${file}`)).toBe(true);
    expect(engine.readAgains).toEqual([reading]);
  });

  test("is asked for with its layers, by the hash of the file that people have", async () => {
    const { session, engine } = await opened(asking.replace(ref, allRef));
    const { address, models } = bench(session);
    expect(absentFiles(address.spec, models)).toEqual([{ sha256: file, roles: ["bottom"] }]);
    engine.networks.set("net.onnx", all);
    session.giveFiles([givenFile("net.onnx")], false);
    await until(session, ({ models: now }) => now.some(({ id }) => id === allRef));
    expect(engine.wishes.at(-1)?.readings).toEqual(new Map([[file, reading]]));
  });

  test("that is asked for in two ways is read in both", async () => {
    const { session, engine } = await opened(
      `${asking.replace(ref, `sha256:${file}`)}&also=${allRef}`,
    );
    engine.networks.set("net.onnx", onnx);
    engine.readings.set(file, all);
    session.giveFiles([givenFile("net.onnx")], false);
    await until(session, ({ models }) => models.some(({ id }) => id === allRef));
    expect(absentFiles(bench(session).address.spec, bench(session).models)).toEqual([]);
    expect(engine.readAgains).toEqual([reading]);
  });

  test("that leaves its images' size open is read for the experiment's images", async () => {
    const { session, engine } = await opened();
    engine.networks.set("net.onnx", onnx);
    session.giveFiles([givenFile("net.onnx")], true);
    await taken(session, onnx);
    await until(session, ({ models }) => models.length === 5);
    expect(engine.wishes.at(-1)).toMatchObject({ wanted: [], side: 32 });
  });
});

describe("a trunk without a head", () => {
  const [trunkHash, headHash] = ["c".repeat(64), "d".repeat(64)];
  const given = { sizeBytes: 1_000, features: 128 };
  const trunk: FilePart = {
    part: "trunk",
    sha256: trunkHash,
    name: "trunk.safetensors",
    architecture: mine.architecture,
    ...given,
  };
  const head: FilePart = {
    part: "head",
    sha256: headHash,
    name: "head.safetensors",
    classes: 10,
    ...given,
  };
  const withHead: StoredModel = {
    ...mine,
    joined: { trunk: trunkHash, head: { type: "published", sha256: headHash } },
  };
  const withFit: StoredModel = {
    ...mine,
    joined: {
      trunk: trunkHash,
      head: {
        type: "fitted",
        data: "cifar10",
        trainImages: 50_000,
        testImages: 10_000,
        testError: 0.3,
      },
    },
  };

  test.each([
    [["trunk.safetensors", "head.safetensors"]],
    [["head.safetensors", "trunk.safetensors"]],
  ])("and its head, %j, make one network, named by both", async (names) => {
    const { session, engine } = await opened();
    engine.parts.set(trunk.name, trunk).set(head.name, head);
    engine.joinedNetworks.set(trunkHash, withHead);
    session.giveFiles(names.map(givenFile), true);
    const id = `sha256:${trunkHash}:head:${headHash}`;
    await taken(session, withHead);
    await until(session, ({ models }) => models.some((model) => model.id === id));
    expect(session.getSnapshot().modelImport).toMatchObject({ parts: [], taken: [id] });
  });

  test("waits, and a head of other features waits too", async () => {
    const { session, engine } = await opened();
    engine.parts.set(trunk.name, trunk).set(head.name, { ...head, features: 64 });
    session.giveFiles([givenFile(trunk.name), givenFile(head.name)], true);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport.parts).toHaveLength(2);
    });
    expect(bench(session).models).toHaveLength(4);
    session.dismissModelImport();
    expect(session.getSnapshot().modelImport.parts).toEqual([]);
  });

  test("gets a fitted head on the experiment's images and backend", async () => {
    const { session, engine } = await opened();
    engine.parts.set(trunk.name, trunk);
    engine.joinedNetworks.set(trunkHash, withFit);
    session.giveFiles([givenFile(trunk.name)], true);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport.parts).toHaveLength(1);
    });
    session.fitHead(trunkHash);
    const id = `sha256:${trunkHash}:linear:cifar10`;
    await until(session, ({ models }) => models.some((model) => model.id === id));
    expect(engine.fits).toMatchObject([{ base: trunkHash, data: undefined, backend: "wasm" }]);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport).toMatchObject({ parts: [], fit: null });
    });
  });

  const alone: StoredModel = {
    ...mine,
    sha256: trunkHash,
    architecture: { family: "resnet", blocks: [2, 2, 2, 2], width: 16, head: "none" },
  };
  const aloneId = `sha256:${trunkHash}`;

  test("becomes the bottom as it is, and no top", async () => {
    const { session, engine } = await opened();
    engine.parts.set(trunk.name, trunk);
    engine.joinedNetworks.set(trunkHash, alone);
    session.giveFiles([givenFile(trunk.name)], true);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport.parts).toHaveLength(1);
    });
    session.takeTrunk(trunkHash);
    await vi.waitFor(() => {
      expect(bench(session).address.spec.curves[0].bottom).toBe(aloneId);
    });
    expect(session.getSnapshot().modelImport).toMatchObject({ parts: [], taken: [aloneId] });
    const { address, models } = bench(session);
    expect(curvesLeft(address.spec, models).otherWay).toBe(false);
    const [cifar] = dataChoices([]);
    if (!cifar) throw new Error("no data set");
    expect(misfitOf(address.spec, cifar, models)).toBeNull();
    const swap = swapped(address.spec, models);
    expect(misfitOf(swap, cifar, models)).toEqual({ type: "no-head", network: aloneId });
    // Without its top, another network with a head takes the place.
    const { top } = address.spec.curves[0];
    const others = models.filter(({ id }) => id === top || id === aloneId);
    expect(withoutModel(address.spec, aloneId, others).curves[0].top).toBe(top);
    expect(defaultPair(others, { bottom: aloneId }).top).toBe(top);
  });

  test("that the address names as a bottom needs no head", async () => {
    const address = `#v=3&bottom=${aloneId}&top=resnet18-w16-s0&protocol=glance&backend=wasm`;
    const { session, engine } = await opened(address);
    engine.parts.set(trunk.name, trunk);
    engine.joinedNetworks.set(trunkHash, alone);
    session.giveFiles([givenFile(trunk.name)], false);
    await until(session, ({ models }) => models.some(({ id }) => id === aloneId));
    expect(session.getSnapshot().modelImport).toMatchObject({ parts: [], taken: [aloneId] });
  });

  test("whose fit is cancelled waits as before, without a complaint", async () => {
    const { session, engine } = await opened();
    engine.parts.set(trunk.name, trunk);
    session.giveFiles([givenFile(trunk.name)], true);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport.parts).toHaveLength(1);
    });
    session.fitHead(trunkHash);
    const [fit] = engine.fits;
    fit?.control.report({ fraction: 0.5, activity: "half" });
    expect(session.getSnapshot().modelImport.fit).toMatchObject({
      trunk: trunkHash,
      fraction: 0.5,
    });
    session.cancelFit();
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport.fit).toBeNull();
    });
    expect(session.getSnapshot().modelImport).toMatchObject({ parts: [trunk], refused: [] });
  });
});

describe("a new head", () => {
  const top = zoo.models.find(({ id }) => id === "resnet18-w16-s0");
  if (!top) throw new Error("no such network");
  const withNewHead: StoredModel = {
    ...ownNetwork("resnet18-w16-s0 + linear head", "e"),
    joined: {
      trunk: top.sha256,
      head: {
        type: "fitted",
        data: "cifar10",
        trainImages: 50_000,
        testImages: 10_000,
        testError: 0.3,
      },
    },
  };
  const id = `sha256:${top.sha256}:linear:cifar10`;

  test("takes the place of a network's own wherever the experiment uses the network", async () => {
    const { session, engine } = await opened(
      `#v=3&bottom=${top.id}&top=${top.id}&protocol=glance&sites=0,8&backend=wasm`,
    );
    engine.joinedNetworks.set(top.sha256, withNewHead);
    session.replaceHead(top.id);
    await vi.waitFor(() => {
      expect(bench(session).address.spec.curves[0]).toMatchObject({ top: id, bottom: id });
    });
    expect(engine.fits).toMatchObject([{ base: top.sha256, data: undefined, backend: "wasm" }]);
    expect(bench(session).address.spec.sites).toEqual([0, 8]);
    expect(session.getSnapshot().modelImport).toMatchObject({ taken: [id], fit: null });
  });

  test("that an address names is offered where its network is here, and no file is asked for", () => {
    const spec = defaultSpec(id, "resnet18-w16-s1");
    expect(absentHeads(spec, zoo.models)).toEqual([{ id, base: top, data: "cifar10" }]);
    expect(absentFiles(spec, zoo.models)).toEqual([]);
    expect(absentHeads(spec, [...zoo.models, userLabModel(withNewHead)])).toEqual([]);
    expect(absentFiles(spec, [])).toEqual([{ sha256: top.sha256, roles: ["top"] }]);
  });

  test("that an address names makes its experiment run once it is fitted", async () => {
    const { session, engine, bar } = await opened(
      `#v=3&bottom=resnet18-w16-s1&top=${id}&protocol=glance&sites=0,8&backend=wasm`,
    );
    const before = bar.hash();
    session.run();
    expect(engine.runs).toHaveLength(0);
    engine.joinedNetworks.set(top.sha256, withNewHead);
    const [head] = absentHeads(bench(session).address.spec, bench(session).models);
    if (!head) throw new Error("no head is asked for");
    session.fitAbsentHead(head);
    await until(session, ({ models }) => models.length === 5);
    session.run();
    expect(engine.runs[0]?.spec.curves[0].top).toBe(id);
    expect(bar.hash()).toBe(before);
  });
});

describe("an address that names a file", () => {
  test("of a trunk and of its head asks for both", () => {
    const [trunk, head] = ["c".repeat(64), "d".repeat(64)];
    const spec = defaultSpec(`sha256:${trunk}:head:${head}`, `sha256:${trunk}:linear:cifar10`);
    expect(absentFiles(spec, [])).toEqual([
      { sha256: trunk, roles: ["top", "bottom"] },
      { sha256: head, roles: ["top"] },
    ]);
  });

  test("that is stored opens like any other", async () => {
    const { session, engine } = await opened(asking, (engine) => engine.shelf.push(mine));
    await vi.waitFor(() => {
      expect(engine.restores.at(-1)?.spec).toMatchObject({
        curves: [{ bottom: ref }],
        sites: [0, 8],
      });
    });
    expect(session.getSnapshot().userModelsListed).toBe(true);
    expect(bench(session).problems).toEqual([]);
  });

  test("that is missing stays, computes nothing, and lets everything else be changed", async () => {
    const { session, engine, bar } = await opened(asking);
    expect(bar.hash()).toBe(asking);
    session.run();
    expect(engine.runs).toHaveLength(0);
    expect(engine.restores).toHaveLength(0);
    session.change((spec) => withFirstCurve(spec, { seed: 3 }));
    expect(bar.hash()).toContain("&seed=3");
    session.change((spec, models) => withModel(spec, "bottom", "resnet18-w16-s1", models));
    expect(engine.restores).toHaveLength(1);
  });

  test("refuses any other file, accepts the right one, and can then be run", async () => {
    const { session, engine, bar } = await opened(asking);
    engine.networks.set("other.safetensors", ownNetwork("other.safetensors", "b"));
    engine.networks.set("mine.safetensors", mine);
    session.giveFiles([givenFile("other.safetensors")], false);
    await vi.waitFor(() => {
      expect(session.getSnapshot().modelImport.refused[0]?.error.code).toBe("hash-mismatch");
    });
    expect(bench(session).models).toHaveLength(4);
    session.giveFiles([givenFile("mine.safetensors")], false);
    await until(session, ({ models }) => models.length === 5);
    expect(session.getSnapshot().modelImport.refused).toEqual([]);
    expect(bar.hash()).toBe(asking);
    expect(engine.restores.at(-1)?.spec.curves[0].bottom).toBe(ref);
    session.run();
    expect(engine.runs[0]?.spec.curves[0].bottom).toBe(ref);
  });

  test("accepts other networks to choose from, and still asks for its file", async () => {
    const { session, engine, bar } = await opened(asking);
    engine.networks.set("other.safetensors", ownNetwork("other.safetensors", "b"));
    session.giveFiles([givenFile("other.safetensors")], true);
    await taken(session, ownNetwork("other.safetensors", "b"));
    expect(bar.hash()).toBe(asking);
    expect(engine.restores).toHaveLength(0);
  });

  test("reports sites that the file lacks, and uses the rest", async () => {
    const { session, engine } = await opened(asking.replace("top=resnet18-w16-s0", `top=${ref}`));
    engine.networks.set("mine.safetensors", {
      ...mine,
      architecture: { family: "myrtle", width: 8 },
    });
    session.giveFiles([givenFile("mine.safetensors")], false);
    await until(session, ({ models }) => models.length === 5);
    expect(bench(session).address.spec.sites).toEqual([0]);
    expect(bench(session).problems.map(({ parameter }) => parameter)).toEqual(["sites"]);
  });

  test("that another tab has stored meanwhile is found when the address is opened", async () => {
    const { session, engine, bar } = await opened();
    engine.shelf.push(mine);
    bar.type(asking);
    await until(session, ({ models }) => models.length === 5);
    expect(engine.restores.at(-1)?.spec.curves[0].bottom).toBe(ref);
  });

  test("resumes automatically after a reload during a run", async () => {
    const memory = rememberedRun({ key: asking, paused: false });
    const { engine } = await opened(asking, (engine) => engine.shelf.push(mine), memory);
    await vi.waitFor(() => {
      expect(engine.runs).toHaveLength(1);
    });
  });
});

describe("removing", () => {
  test("a chosen network replaces it with one that fits", async () => {
    const { session, engine, bar } = await opened(asking, (engine) => engine.shelf.push(mine));
    await until(session, ({ models }) => models.length === 5);
    session.removeUserModel(ref);
    await until(session, ({ models }) => models.length === 4);
    expect(bar.hash()).toContain("bottom=resnet18-w16-s1&top=resnet18-w16-s0");
    expect(bench(session).address.spec.sites).toEqual([0, 8]);
    expect(engine.shelf).toEqual([]);
  });

  test("is refused while a run is under way", async () => {
    const { session, engine } = await opened(asking, (engine) => engine.shelf.push(mine));
    await until(session, ({ models }) => models.length === 5);
    session.run();
    session.removeUserModel(ref);
    expect(engine.shelf).toEqual([mine]);
  });

  test("a network that is not chosen changes nothing else", () => {
    const spec = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1");
    expect(withoutModel(spec, ref, [...zoo.models, userLabModel(mine)])).toEqual(spec);
  });
});

test("two files with one name are distinguished by their hashes", () => {
  const all = [mine, ownNetwork("mine.safetensors", "b"), ownNetwork("other.safetensors", "c")];
  const labels = all.map(userLabModel).map((model, _, models) => optionLabel(model, models));
  expect(labels).toEqual([
    "mine.safetensors (aaaaaaaaaaaa…)",
    "mine.safetensors (bbbbbbbbbbbb…)",
    "other.safetensors",
  ]);
});

test("a file being read is shown by its name", () => {
  expect(fileName("own-file:my net.safetensors")).toBe("my net.safetensors");
  expect(fileName("blob:http://localhost/0b1c#my net.safetensors")).toBe("my net.safetensors");
  expect(fileName("zoo/myrtle-w16-s0.safetensors")).toBe("zoo/myrtle-w16-s0.safetensors");
});

interface Opened {
  readonly session: Session;
  readonly engine: ScriptedEngine;
  readonly bar: TypedBar;
}

async function opened(
  hash = "",
  script: (engine: ScriptedEngine) => void = () => undefined,
  memory = rememberedRun(null),
): Promise<Opened> {
  const engine = new ScriptedEngine();
  script(engine);
  const bar = new TypedBar(hash);
  const session = createSession(engine, bar, memory);
  session.open();
  await vi.waitFor(() => {
    const { probe, workbench, userModelsListed } = session.getSnapshot();
    expect([probe.status, workbench.status, userModelsListed]).toEqual(["ready", "ready", true]);
  });
  return { session, engine, bar };
}

function bench(session: Session): Workbench {
  const value = workbenchOf(session.getSnapshot());
  if (value === null) throw new Error("the workbench is not open");
  return value;
}

/** Takes a network once it waits. */
async function taken(
  session: Session,
  { sha256 }: StoredModel,
  role: "top" | "bottom" | null = null,
): Promise<void> {
  await vi.waitFor(() => {
    const hashes = session.getSnapshot().modelImport.waiting.map((other) => other.sha256);
    expect(hashes).toContain(sha256);
  });
  session.takeNetwork(sha256, role);
  await until(session, ({ models }) =>
    models.some((model) => isUserModel(model) && model.sha256 === sha256),
  );
}

async function until(session: Session, holds: (value: Workbench) => boolean): Promise<void> {
  await vi.waitFor(() => {
    const value = workbenchOf(session.getSnapshot());
    expect(value !== null && holds(value)).toBe(true);
  });
}
