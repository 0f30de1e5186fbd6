import { describe, expect, test, vi } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { presets } from "../../../../src/experiment/figures";
import type { Report } from "../../../../src/experiment/report";
import { withFirstCurve, type Curve, type Spec } from "../../../../src/experiment/spec";
import { curveResults } from "../../../../src/lab/session/results/results";
import { createSession, type Session } from "../../../../src/lab/session/session";
import { workbenchOf, type Workbench } from "../../../../src/lab/session/state";
import {
  curvesLeft,
  swapped,
  withCurve,
  withModel,
  withValue,
  withProtocol,
  withoutCurve,
  withSites,
} from "../../../../src/lab/session/experiment/edits";
import type { RunMemory } from "../../../../src/lab/session/runs/run-memory";
import {
  choice,
  found,
  model,
  modelResult,
  rememberedRun,
  report,
  ScriptedEngine,
  siteResult,
  storageWith,
  TypedBar,
  zoo,
} from "../fakes";

const usual = "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick";

describe("opening", () => {
  test("an empty address becomes the default experiment's, and its stored results appear", async () => {
    const { session, engine, bar } = await opened();
    expect(bar.hash()).toBe(usual);
    expect(engine.restores.map(({ spec, backend }) => [spec.protocol, backend])).toEqual([
      ["quick", "wasm"],
    ]);
    engine.restores[0]?.events.send(found({ type: "site", result: siteResult(4) }));
    engine.restores[0]?.events.end();
    await until(session, ({ activity }) => activity.status === "idle");
    expect(curveResults(bench(session).results).sites.get(4)?.result?.penalty).toBe(0.05);
  });

  test("an address with problems stays as typed until they are dismissed", async () => {
    const { session, bar } = await opened("#v=3&seed=x");
    expect(bar.hash()).toBe("#v=3&seed=x");
    expect(bench(session).problems).toHaveLength(1);
    session.dismissProblems();
    expect(bench(session).problems).toHaveLength(0);
    expect(bar.hash()).toBe(usual);
  });

  test("an address of which nothing can be read opens the opening figure, and says so", async () => {
    const ids = new Set(presets.seeds.spec.curves.flatMap(({ top, bottom }) => [top, bottom]));
    const { session, bar } = await opened("#rubbish", (engine) => {
      engine.zooAnswers = [() => Promise.resolve({ ...zoo, models: [...ids].map(model) })];
    });
    expect(bench(session).address.spec).toEqual(presets.seeds.spec);
    expect(bench(session).problems).toMatchObject([{ parameter: "rubbish" }]);
    expect(bar.hash()).toBe("#rubbish");
    session.dismissProblems();
    expect(bar.hash()).toMatch(/^#v=3&bottom=resnet18-w16-s1&.*&also=/);
    bar.type("#figure=seeds");
    expect(bench(session).problems).toEqual([]);
    expect(bar.hash()).toMatch(/^#v=3&.*&also=/);
  });

  test("a backend found meanwhile does not overwrite the address being opened", async () => {
    const engine = new ScriptedEngine();
    let answerProbe = (): void => undefined;
    engine.probeAnswers = [() => new Promise((resolve) => (answerProbe = () => resolve(choice)))];
    const bar = new TypedBar(`${usual}&backend=cpu`);
    const session = createSession(engine, bar, rememberedRun(null));
    session.open();
    await until(session, ({ models }) => models.length === 4);
    bar.go("#v=3&bottom=resnet18-w16-s0&top=resnet18-w16-s1&protocol=glance&backend=cpu");
    answerProbe();
    await vi.waitFor(() => {
      expect(session.getSnapshot().probe.status).toBe("ready");
    });
    bar.arrive();
    expect(bench(session).address.spec).toMatchObject({
      curves: [{ bottom: "resnet18-w16-s0" }],
      protocol: "glance",
    });
  });

  test("a run that is asked for before a backend is known starts once one is", async () => {
    const engine = new ScriptedEngine();
    let answerProbe = (): void => undefined;
    engine.probeAnswers = [() => new Promise((resolve) => (answerProbe = () => resolve(choice)))];
    const session = createSession(engine, new TypedBar(usual), rememberedRun(null));
    session.open();
    await until(session, ({ models }) => models.length === 4);
    session.run();
    expect(engine.runs).toHaveLength(0);
    expect(session.getSnapshot().queued).toEqual({ only: null });
    answerProbe();
    await until(session, ({ activity }) => activity.status === "running");
    expect(engine.runs).toMatchObject([{ backend: "wasm" }]);
    expect(session.getSnapshot().queued).toBeNull();
  });

  test("a zoo that cannot be read is an error, and trying again opens it", async () => {
    const { session } = await opened("", (engine) => {
      const missing = new LabError({
        code: "not-found",
        input: "zoo/manifest.json",
        expected: "a file",
        found: "404",
      });
      engine.zooAnswers = [() => Promise.reject(missing), () => Promise.resolve(zoo)];
    });
    expect(session.getSnapshot().workbench).toMatchObject({
      status: "failed",
      error: { code: "not-found", found: "404" },
    });
    session.retry();
    await until(session, ({ models }) => models.length === 4);
  });

  test("a probe that fails is an error, and trying again finds a backend", async () => {
    const { session, engine } = await opened("", (engine) => {
      engine.probeAnswers = [
        () => Promise.reject(new Error("lost")),
        () => Promise.resolve(choice),
      ];
    });
    expect(session.getSnapshot().probe).toMatchObject({
      status: "failed",
      error: { found: "lost" },
    });
    expect(engine.restores).toHaveLength(0);
    session.retry();
    await vi.waitFor(() => {
      expect(engine.restores).toHaveLength(1);
    });
  });
});

describe("Back and Forward", () => {
  test("undo and redo each change", async () => {
    const { session, engine, bar } = await opened();
    engine.restores[0]?.events.send(found({ type: "site", result: siteResult(4) }));
    engine.restores[0]?.events.end();
    await until(session, ({ activity }) => activity.status === "idle");
    const add = (spec: Spec) => withCurve(spec, { seed: 5 }, zoo.models);
    const remove = (spec: Spec) => withoutCurve(spec, 0);
    const glance = (spec: Spec) => withProtocol(spec, "glance", zoo.models);
    const hashes = [bar.hash()];
    for (const edit of [add, swapped, remove, glance, () => presets.seeds.spec]) {
      session.change(edit);
      hashes.push(bar.hash());
    }
    expect(bar.steps()).toBe(5);
    for (const hash of hashes.slice(0, -1).reverse()) {
      bar.travel(-1);
      expect(bar.hash()).toBe(hash);
      expect(session.url()).toContain(hash);
    }
    bar.travel(1);
    expect(bench(session).address.spec.curves).toHaveLength(2);
    bar.travel(-1);
    expect(engine.restores.at(-1)?.spec).toEqual(bench(session).address.spec);
  });

  test("keep what both experiments have", async () => {
    const { session, engine, bar } = await opened();
    engine.restores[0]?.events.send(found({ type: "site", result: siteResult(4) }));
    engine.restores[0]?.events.end();
    await until(session, ({ activity }) => activity.status === "idle");
    session.change((spec) => withCurve(spec, { seed: 5 }, zoo.models));
    bar.travel(-1);
    expect(curveResults(bench(session).results).sites.get(4)?.result?.penalty).toBe(0.05);
  });

  test("take typing in one field as one step, and a pause or another field as the next", async () => {
    let now = 0;
    const engine = new ScriptedEngine();
    const bar = new TypedBar();
    const session = createSession(engine, bar, rememberedRun(null), () => now);
    session.open();
    await until(session, ({ models }) => models.length === 4);
    const type = (field: "seed" | "testImages", value: number): void =>
      session.change((spec, models) => withValue(spec, field, value, models));
    for (const seed of [1, 12, 123]) {
      now += 300;
      type("seed", seed);
    }
    expect(bar.steps()).toBe(1);
    now += 300;
    type("testImages", 500);
    expect(bar.steps()).toBe(2);
    now += 5_000;
    type("testImages", 600);
    expect(bar.steps()).toBe(3);
    bar.travel(-2);
    expect(bench(session).address.spec).toMatchObject({
      curves: [{ seed: 123 }],
      testImages: 2000,
    });
    type("testImages", 700);
    expect(bar.steps()).toBe(2);
  });

  test("have no step for an address that is only written in full", async () => {
    const { session, bar } = await opened("#bottom=resnet18-w16-s1");
    expect(bar.hash()).toBe(usual);
    bar.type("#v=3&seed=x");
    session.dismissProblems();
    expect(bar.hash()).toBe(usual);
    expect(bar.steps()).toBe(1);
  });
});

describe("a past experiment", () => {
  const sites = Array.from({ length: 9 }, (_, site) => siteResult(site));
  const past: Report = {
    ...report(withFirstCurve(bareSpec(), { seed: 3 }), sites),
    backend: "cpu",
  };

  test("opens with its whole report though nothing of it is stored, and Back returns", async () => {
    const { session, engine, bar } = await opened();
    engine.restores[0]?.events.end();
    session.openReport(past);
    expect(bar.hash()).toMatch(/&seed=3&backend=cpu$/);
    expect(bench(session).results.report).toEqual(past);
    expect(curveResults(bench(session).results).sites.size).toBe(9);
    expect(bench(session).activity).toEqual({ status: "idle" });
    bar.travel(-1);
    expect(bench(session).results.report).toBeNull();
    bar.travel(1);
    expect(bench(session).results.report).toEqual(past);
  });

  test("opens in place of an experiment with the same address", async () => {
    const { session, bar } = await opened();
    session.openReport(past);
    session.openReport({ ...past, adapter: "another" });
    expect(bench(session).results.report?.adapter).toBe("another");
    expect(bar.steps()).toBe(1);
  });

  test("opens where its backend does not work", async () => {
    const { session } = await opened();
    const elsewhere: Report = { ...past, backend: "webgpu" };
    session.openReport(elsewhere);
    expect(bench(session).results.report).toEqual(elsewhere);
    expect(bench(session).problems).toMatchObject([{ parameter: "backend", found: "webgpu" }]);
    session.dismissProblems();
    expect(bench(session).results.report).toEqual(elsewhere);
  });
});

describe("changing the experiment", () => {
  test("each change is in the address at once, and restores what is stored for it", async () => {
    const { session, engine, bar } = await opened();
    session.change(swapped);
    session.change((spec, models) => withProtocol(spec, "glance", models));
    session.change((spec) => withSites(spec, [8, 0], 9));
    expect(bar.hash()).toBe(
      "#v=3&bottom=resnet18-w16-s0&top=resnet18-w16-s1&protocol=glance&sites=0,8",
    );
    session.chooseBackend("cpu");
    expect(bar.hash()).toMatch(/&backend=cpu$/);
    expect(engine.restores).toHaveLength(5);
    expect(engine.restores.at(-1)).toMatchObject({ backend: "cpu", spec: { sites: [0, 8] } });
  });

  test("results of an outdated restore are not shown", async () => {
    const { session, engine } = await opened();
    session.change((spec) => withFirstCurve(spec, { seed: 1 }));
    engine.restores[0]?.events.send(found({ type: "site", result: siteResult(0) }));
    engine.restores[1]?.events.send(found({ type: "site", result: siteResult(1) }));
    engine.restores[1]?.events.end();
    await until(session, ({ activity }) => activity.status === "idle");
    expect([...curveResults(bench(session).results).sites.keys()]).toEqual([1]);
  });

  test("choosing the backend already in use keeps the results", async () => {
    const { session, engine, bar } = await opened();
    engine.restores[0]?.events.send(found({ type: "site", result: siteResult(0) }));
    engine.restores[0]?.events.end();
    await until(session, ({ activity }) => activity.status === "idle");
    session.chooseBackend("wasm");
    expect(bar.hash()).toBe(`${usual}&backend=wasm`);
    expect([...curveResults(bench(session).results).sites.keys()]).toEqual([0]);
    expect(engine.restores).toHaveLength(1);
  });

  test("two networks of different kinds are an experiment like any other", async () => {
    const { session, engine, bar } = await opened();
    session.change((spec, models) => withModel(spec, "top", "myrtle-w16-s0", models));
    session.run();
    expect(bar.hash()).toMatch(/&top=myrtle-w16-s0&/);
    expect(engine.restores).toHaveLength(2);
    expect(theRun(engine).spec.curves[0].top).toBe("myrtle-w16-s0");
  });

  test("other curves follow the top that they shared, without duplicates", () => {
    const [top, bottom] = ["resnet18-w16-s0", "resnet18-w16-s1"];
    const plain = { top, seed: 0, family: "affine", perturbation: "none" };
    const alone = withFirstCurve(bareSpec(), { top, bottom });
    const spec = withCurve(alone, { bottom: "myrtle-w16-s1" }, zoo.models);
    const others = ({ curves }: Spec): readonly Curve[] => curves.slice(1);
    expect(spec.curves[0]).toEqual(alone.curves[0]);
    expect(others(spec)).toEqual([{ ...plain, bottom: "myrtle-w16-s1" }]);
    expect(withCurve(spec, { bottom }, zoo.models)).toEqual(spec);
    const moved = withModel(spec, "top", "myrtle-w16-s0", zoo.models);
    expect(others(moved)[0]?.top).toBe("myrtle-w16-s0");
    // What was another curve is now the first one.
    expect(others(withModel(spec, "bottom", "myrtle-w16-s1", zoo.models))).toEqual([]);
    expect(withValue(spec, "seed", 3, zoo.models).curves.map(({ seed }) => seed)).toEqual([3, 3]);
    expect(others(withoutCurve(spec, 0))).toEqual([]);
    const left = curvesLeft(spec, zoo.models);
    expect(left.controls.map(({ id }) => id)).toEqual([top]);
    expect(left.bottoms.map(({ id }) => id)).toEqual([top, "myrtle-w16-s0"]);
    expect(left.otherWay).toBe(true);
    expect(left.families).toContain("orthogonal");
    // Larger kernels must be trained.
    const glance = withProtocol(spec, "glance", zoo.models);
    expect(curvesLeft(glance, zoo.models).families).not.toContain("kernel-3");
    const paper = withProtocol(spec, "paper", zoo.models);
    expect(curvesLeft(paper, zoo.models).families).toContain("kernel-3");
    const kernels = withCurve(paper, { family: "kernel-3" }, zoo.models);
    expect(others(kernels)).toHaveLength(2);
    expect(others(withProtocol(kernels, "glance", zoo.models))).toEqual(others(spec));
  });

  test("an untrained network is a control only if it has the bottom's architecture", () => {
    const untrained = ["resnet18-w16-random", "myrtle-w16-random"].map((id) => {
      const known = model(id);
      return { ...known, training: { ...known.training, epochs: 0 } };
    });
    const { controls, bottoms } = curvesLeft(bareSpec(), [...zoo.models, ...untrained]);
    const [{ top }] = bareSpec().curves;
    expect(controls.map(({ id }) => id)).toEqual([top, "resnet18-w16-random"]);
    expect(bottoms.map(({ id }) => id)).toContain("myrtle-w16-random");
  });

  test("a network with fewer sites leaves out the missing ones", () => {
    const spec = { ...bareSpec(), sites: [0, 3, 8] };
    expect(withModel(spec, "top", "myrtle-w16-s0", zoo.models).sites).toEqual([0, 3]);
    expect(withSites(spec, [], 9).sites).toBe("all");
    expect(withSites(spec, [0, 1, 2, 3, 4, 5, 6, 7, 8], 9).sites).toBe("all");
  });

  test("a curve without the sites asked for cannot be added", () => {
    const asking = { ...bareSpec(), sites: [0, 8] };
    const shorter = { bottom: "myrtle-w16-s1", top: "myrtle-w16-s0" };
    expect(withCurve(asking, shorter, zoo.models)).toEqual(asking);
    expect(withCurve({ ...asking, sites: [0, 3] }, shorter, zoo.models).curves).toHaveLength(2);
    expect(withCurve(bareSpec(), shorter, zoo.models).curves).toHaveLength(2);
    // The sites shrink with the first curve's networks before the others are judged.
    const both = withCurve(asking, { bottom: "resnet18-w16-s0" }, zoo.models);
    expect(withModel(both, "top", "myrtle-w16-s0", zoo.models)).toMatchObject({
      sites: [0],
      curves: [{ top: "myrtle-w16-s0" }, { top: "myrtle-w16-s0" }],
    });
  });

  test("typing another address ends the run and sets up the other experiment", async () => {
    const { session, engine, bar } = await opened();
    session.run();
    bar.type("#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=glance");
    expect(engine.runs[0]?.signal?.aborted).toBe(true);
    expect(bench(session).address.spec.curves[0].top).toBe("myrtle-w16-s0");
    engine.runs[0]?.events.fail(new LabError(cancelled));
    engine.restores.at(-1)?.events.end();
    await until(session, ({ activity }) => activity.status === "idle");
  });
});

describe("running", () => {
  test("results are shown as they arrive, and the report at the end", async () => {
    const { session, engine } = await opened();
    session.run();
    const { events, spec } = theRun(engine);
    const top = modelResult("resnet18-w16-s0", 0.1);
    events.send({ type: "assets", done: 1, total: 4, file: "a.safetensors" });
    events.send(found({ type: "baseline", role: "top", result: top }));
    await until(session, ({ results }) => curveResults(results).top?.testError === 0.1);
    expect(bench(session).activity).toMatchObject({
      status: "running",
      progress: { stage: "files", done: 1 },
    });
    events.send({ type: "finished", report: report(spec, [siteResult(0)]) });
    events.end();
    await until(session, ({ activity }) => activity.status === "idle");
    expect(bench(session).results.report?.curves[0].sites).toHaveLength(1);
  });

  test("cancelling keeps what was finished and says that it was cancelled", async () => {
    const { session, engine } = await opened();
    session.run();
    const { events, signal } = theRun(engine);
    events.send(found({ type: "site", result: siteResult(8) }));
    await until(session, ({ results }) => curveResults(results).sites.size === 1);
    session.cancel();
    expect(signal?.aborted).toBe(true);
    events.fail(new LabError(cancelled));
    await until(session, ({ activity }) => activity.status === "cancelled");
    expect(curveResults(bench(session).results).sites.size).toBe(1);
  });

  test("a failure says what it was, and trying again runs again", async () => {
    const { session, engine } = await opened();
    session.run();
    const error = {
      code: "hash-mismatch",
      input: "a.safetensors",
      expected: "sha256 1",
      found: "sha256 2",
    } as const;
    theRun(engine).events.fail(new LabError(error));
    await until(session, ({ activity }) => activity.status === "failed");
    expect(bench(session).activity).toEqual({ status: "failed", during: "run", error });
    session.retry();
    expect(engine.runs).toHaveLength(2);
    expect(bench(session).activity.status).toBe("running");
  });

  test("a run counts as paused once every worker has stopped", async () => {
    const { session, engine } = await opened();
    session.run();
    const { events, pause } = theRun(engine);
    session.pause();
    expect(pause?.isPaused()).toBe(true);
    expect(bench(session).activity.status).toBe("pausing");
    events.send({ type: "paused" });
    await until(session, ({ activity }) => activity.status === "paused");
    session.resume();
    expect(pause?.isPaused()).toBe(false);
    expect(bench(session).activity.status).toBe("running");
  });

  test("a second run does not start while one is under way", async () => {
    const { session, engine } = await opened();
    session.run();
    session.run();
    expect(engine.runs).toHaveLength(1);
  });

  test("the copied address is complete", async () => {
    const { session } = await opened();
    expect(session.url()).toBe(`https://lab.example/${usual}`);
  });
});

describe("after a reload", () => {
  const key = `${usual}&backend=wasm`;

  test("a run of the first version resumes", async () => {
    const old =
      "#v=1&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick&taps=0,8&backend=wasm";
    const { engine } = await opened(old, undefined, rememberedRun({ key: old, paused: false }));
    expect(engine.runs).toHaveLength(1);
  });

  test("an unfinished run resumes automatically", async () => {
    const { session, engine } = await opened("", undefined, rememberedRun({ key, paused: false }));
    expect(engine.runs).toHaveLength(1);
    expect(bench(session).activity.status).toBe("running");
  });

  test("a run that was paused stays paused", async () => {
    const { session, engine } = await opened("", undefined, rememberedRun({ key, paused: true }));
    theRun(engine).events.send({ type: "paused" });
    await until(session, ({ activity }) => activity.status === "paused");
    expect(theRun(engine).pause?.isPaused()).toBe(true);
  });

  test("the run of another experiment does not start", async () => {
    const memory = rememberedRun({ key: `${key}&seed=5`, paused: false });
    const { engine } = await opened("", undefined, memory);
    expect(engine.runs).toHaveLength(0);
    expect(engine.restores).toHaveLength(1);
  });

  test.each(["cancel", "change"] as const)("a run does not start after %s", async (way) => {
    const memory = rememberedRun(null);
    const { session } = await opened("", undefined, memory);
    session.run();
    expect(memory.read()).toEqual({ key, paused: false });
    session.pause();
    expect(memory.read()).toEqual({ key, paused: true });
    if (way === "cancel") session.cancel();
    else session.change((spec) => withFirstCurve(spec, { seed: 9 }));
    expect(memory.read()).toBeNull();
  });
});

describe("after the page was closed", () => {
  const glance = "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=glance";
  const progress = { type: "progress", activity: "", remainingMs: null, tensorBytes: 0 } as const;

  /** What a page leaves behind that is closed at 71% of its run. */
  async function leave(end: (session: Session) => void = () => undefined): Promise<Storage> {
    const storage = storageWith();
    const page = await opened(glance, undefined, rememberedRun(null, storage));
    page.session.run();
    theRun(page.engine).events.send({ ...progress, fraction: 0.714 });
    await until(
      page.session,
      ({ activity }) => activity.status === "running" && activity.progress.stage === "working",
    );
    end(page.session);
    return storage;
  }

  test("an unfinished run is offered on the bare address, and continues", async () => {
    const storage = await leave((session) => session.pause());
    const { session, engine, bar } = await opened("", undefined, rememberedRun(null, storage));
    const { offer } = session.getSnapshot();
    expect(offer).toMatchObject({ key: `${glance}&backend=wasm`, fraction: 0.714 });
    if (offer) session.continueRun(offer);
    expect(theRun(engine).spec.protocol).toBe("glance");
    expect(bar.hash()).toBe(glance);
    expect(session.getSnapshot().offer).toBeNull();
    expect(session.leftRuns()).toEqual([]);
  });

  test("it is listed, but not offered, where another experiment is asked for", async () => {
    const storage = await leave();
    const { session } = await opened(usual, undefined, rememberedRun(null, storage));
    expect(session.getSnapshot().offer).toBeNull();
    expect(session.leftRuns()).toMatchObject([{ fraction: 0.714, cancelled: false }]);
  });

  test("a cancelled run is listed, but not offered", async () => {
    const storage = await leave((session) => session.cancel());
    const { session } = await opened("", undefined, rememberedRun(null, storage));
    expect(session.getSnapshot().offer).toBeNull();
    expect(session.leftRuns()).toMatchObject([{ fraction: 0.714, cancelled: true }]);
  });

  test("a finished run is not listed", async () => {
    const { session, engine } = await opened(glance);
    session.run();
    const { events, spec } = theRun(engine);
    events.send({ ...progress, fraction: 0.5 });
    events.send({ type: "finished", report: report(spec, []) });
    events.end();
    await until(session, ({ activity }) => activity.status === "idle");
    expect(session.leftRuns()).toEqual([]);
  });
});

describe("another tab", () => {
  test("that computes the experiment is followed, and the page knows", async () => {
    const { session, engine } = await opened();
    engine.restores[0]?.events.end();
    await until(session, ({ activity }) => activity.status === "idle");
    engine.computeElsewhere();
    await until(session, ({ activity }) => activity.status === "running");
    theRun(engine).events.send({ type: "computing", where: "elsewhere" });
    await until(
      session,
      ({ activity }) => activity.status === "running" && activity.where === "elsewhere",
    );
  });
});

const cancelled = {
  code: "cancelled",
  input: "the run",
  expected: "to go on",
  found: "a wish to stop",
} as const;

interface Opened {
  readonly session: Session;
  readonly engine: ScriptedEngine;
  readonly bar: TypedBar;
}

/** A session that has asked for the zoo and probed, whatever came of it. */
async function opened(
  hash = "",
  script: (engine: ScriptedEngine) => void = () => undefined,
  memory: RunMemory = rememberedRun(null),
): Promise<Opened> {
  const engine = new ScriptedEngine();
  script(engine);
  const bar = new TypedBar(hash);
  const session = createSession(engine, bar, memory);
  session.open();
  await vi.waitFor(() => {
    const { probe, workbench } = session.getSnapshot();
    expect([probe.status, workbench.status]).not.toContain("loading");
  });
  return { session, engine, bar };
}

function bench(session: Session): Workbench {
  const value = workbenchOf(session.getSnapshot());
  if (value === null) throw new Error("the workbench is not open");
  return value;
}

async function until(session: Session, holds: (value: Workbench) => boolean): Promise<void> {
  await vi.waitFor(() => {
    const value = workbenchOf(session.getSnapshot());
    expect(value !== null && holds(value)).toBe(true);
  });
}

function theRun(engine: ScriptedEngine): ScriptedEngine["runs"][number] {
  const [run] = engine.runs;
  if (run === undefined) throw new Error("nothing was run");
  return run;
}

function bareSpec(): Spec {
  return {
    version: 3,
    curves: [
      {
        top: "resnet18-w16-s0",
        bottom: "resnet18-w16-s1",
        seed: 0,
        family: "affine",
        perturbation: "none",
      },
    ],
    protocol: "quick",
    sites: "all",
    trainImages: 2_000,
    testImages: 2_000,
    layout: "diagonal",
    epochs: 1,
  };
}
