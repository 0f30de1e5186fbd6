import { describe, expect, test, vi } from "vitest";
import { cancelled } from "../../../../../src/experiment/events";
import { presets } from "../../../../../src/experiment/figures";
import type { Report } from "../../../../../src/experiment/report";
import { withFirstCurve, type Spec } from "../../../../../src/experiment/spec";
import { withCurve, withoutCurve } from "../../../../../src/lab/session/experiment/curves";
import {
  swapped,
  withModel,
  withProtocol,
  withSites,
  withValue,
} from "../../../../../src/lab/session/experiment/edits";
import { curveResults } from "../../../../../src/lab/session/results/results";
import { createSession } from "../../../../../src/lab/session/session";
import {
  choice,
  found,
  model,
  rememberedRun,
  report,
  ScriptedEngine,
  siteResult,
  TypedBar,
  zoo,
} from "../../fakes";
import { bareSpec, bench, opened, theRun, until, usual } from "../opened-session";

describe("opening an address", () => {
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

  test("typing another address ends the run and sets up the other experiment", async () => {
    const { session, engine, bar } = await opened();
    session.run();
    bar.type("#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=glance");
    expect(engine.runs[0]?.signal?.aborted).toBe(true);
    expect(bench(session).address.spec.curves[0].top).toBe("myrtle-w16-s0");
    engine.runs[0]?.events.fail(cancelled());
    engine.restores.at(-1)?.events.end();
    await until(session, ({ activity }) => activity.status === "idle");
  });
});

test("the copied address is complete", async () => {
  const { session } = await opened();
  expect(session.url()).toBe(`https://lab.example/${usual}`);
});
