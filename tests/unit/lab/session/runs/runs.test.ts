import { describe, expect, test } from "vitest";
import { LabError } from "../../../../../src/core/errors";
import type { ZooManifest } from "../../../../../src/core/nets/zoo-manifest";
import type { BackendChoice } from "../../../../../src/engine/probe-result";
import type { StoredDataSet } from "../../../../../src/engine/user-data-set";
import type { StoredModel } from "../../../../../src/engine/user-model";
import { cancelled } from "../../../../../src/experiment/events";
import { withFirstCurve } from "../../../../../src/experiment/spec";
import { curveResults } from "../../../../../src/lab/session/results/results";
import { createSession, type Session } from "../../../../../src/lab/session/session";
import {
  choice,
  found,
  modelResult,
  ownImages,
  ownNetwork,
  rememberedRun,
  report,
  ScriptedEngine,
  siteResult,
  storageWith,
  TypedBar,
  zoo,
} from "../../fakes";
import { bench, opened, theRun, until, usual } from "../opened-session";

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
    events.fail(cancelled());
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
});

describe("a run that is asked for early", () => {
  /** A session at an address, and the engine's answers, which a test gives in its own order. */
  function asked(hash: string) {
    const engine = new ScriptedEngine();
    const [manifest, backends] = [later<ZooManifest>(), later<BackendChoice>()];
    const [networks, images] = [later<readonly StoredModel[]>(), later<readonly StoredDataSet[]>()];
    engine.zooAnswers = [() => manifest.answer];
    engine.probeAnswers = [() => backends.answer];
    engine.userModels = () => networks.answer;
    engine.userDataSets = () => images.answer;
    const bar = new TypedBar(hash);
    const session = createSession(engine, bar, rememberedRun(null));
    session.open();
    session.runCurve(0);
    expect(session.getSnapshot().queued).toEqual({ only: 0 });
    const answers = {
      zoo: () => manifest.give(zoo),
      backend: () => backends.give(choice),
      networks: () => networks.give([ownNetwork("mine.onnx", "a")]),
      images: () => images.give([ownImages("abcdefghij".split(""))]),
    };
    return { session, engine, bar, answers };
  }

  const own = `sha256:${"a".repeat(64)}`;
  const photos = `sha256:${"7".repeat(64)}`;
  const ofOwnFiles = `#v=3&bottom=${own}&top=resnet18-w16-s0&data=${photos}&protocol=glance&train=400&test=100`;

  test.each([
    ["a figure's", usual, ["zoo", "backend"]],
    ["a figure's", usual, ["backend", "zoo"]],
    ["of the visitor's files", ofOwnFiles, ["zoo", "backend", "networks", "images"]],
    ["of the visitor's files", ofOwnFiles, ["images", "networks", "backend", "zoo"]],
    ["of the visitor's files", ofOwnFiles, ["networks", "zoo", "images", "backend"]],
  ] as const)("%s (%s) starts once all is known: %j", async (_, hash, order) => {
    const { session, engine, answers } = asked(hash);
    for (const name of order) {
      expect(engine.runs).toHaveLength(0);
      answers[name]();
      await settled();
      await settled();
    }
    expect(engine.runs).toMatchObject([{ backend: "wasm" }]);
    expect(session.getSnapshot().queued).toBeNull();
    expect(bench(session).activity.status).toBe("running");
  });

  test.each(["change", "type", "report"] as const)(
    "is dropped with its experiment, by %s",
    async (way) => {
      const { session, engine, bar, answers } = asked(usual);
      answers.zoo();
      await settled();
      if (way === "change") session.change((spec) => withFirstCurve(spec, { seed: 4 }));
      else if (way === "type") bar.type(`${usual}&seed=4`);
      else session.openReport(report(bench(session).address.spec, []));
      expect(session.getSnapshot().queued).toBeNull();
      answers.backend();
      await settled();
      expect(engine.runs).toHaveLength(0);
    },
  );

  test("is dropped where the experiment's network turns out not to be here", async () => {
    const missing = `sha256:${"b".repeat(64)}`;
    const { session, engine, answers } = asked(ofOwnFiles.replace(own, missing));
    for (const name of ["zoo", "backend", "images"] as const) answers[name]();
    await settled();
    expect(session.getSnapshot().queued).not.toBeNull();
    answers.networks();
    await settled();
    expect(session.getSnapshot().queued).toBeNull();
    expect(engine.runs).toHaveLength(0);
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

  test("it is offered in the tab that computed it, too, once another experiment is opened there", async () => {
    const storage = await leave();
    const key = `${glance}&backend=wasm`;
    const memory = rememberedRun({ key, paused: true }, storage);
    const { session, engine } = await opened("", undefined, memory);
    expect(session.getSnapshot().offer).toMatchObject({ key, fraction: 0.714 });
    expect(engine.runs).toHaveLength(0);
    expect(engine.watched).toHaveLength(1);
  });

  test("a run that a reload resumes takes the place of the offer", async () => {
    const usualKey = `${usual}&backend=wasm`;
    const storage = await leave();
    const memory = rememberedRun({ key: usualKey, paused: false }, storage);
    const { session, engine } = await opened("", undefined, memory);
    expect(engine.runs).toHaveLength(1);
    expect(session.getSnapshot().offer).toBeNull();
  });

  test("it is offered no more once another tab computes it", async () => {
    const storage = await leave();
    const { session, engine } = await opened("", undefined, rememberedRun(null, storage));
    expect(session.getSnapshot().offer).not.toBeNull();
    expect(engine.watched.map(({ protocol }) => protocol)).toEqual(["glance"]);
    engine.computeElsewhere();
    await expect.poll(() => session.getSnapshot().offer).toBeNull();
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

/** An answer that is given later. */
function later<T>(): { readonly answer: Promise<T>; readonly give: (value: T) => void } {
  let give: (value: T) => void = () => undefined;
  const answer = new Promise<T>((resolve) => (give = resolve));
  return { answer, give };
}

/** Lets every promise that can be settled settle. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
