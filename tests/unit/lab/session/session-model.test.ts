/** The session under whatever visitors, engine, other tabs and reloads do, in any order. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { cancelled } from "../../../../src/experiment/events";
import type { BackendName, Report } from "../../../../src/experiment/report";
import { withFirstCurve, type Spec } from "../../../../src/experiment/spec";
import type { RunMemory } from "../../../../src/lab/session/runs/run-memory";
import { curveResults, type Results } from "../../../../src/lab/session/results/results";
import { createSession, type Session } from "../../../../src/lab/session/session";
import {
  experimentKey,
  underWay,
  workbenchOf,
  type Activity,
} from "../../../../src/lab/session/state";
import {
  found,
  rememberedRun,
  report,
  ScriptedEngine,
  siteResult,
  TypedBar,
  type Call,
} from "../fakes";

const sites = 4;

const happenings = [
  ...(["run", "pause", "resume", "cancel", "retry", "seed", "protocol", "backend"] as const),
  ...(["reload", "site", "site", "site", "finish", "standstill", "lost", "quota"] as const),
  ...(["elsewhere", "follow", "cancelled by another tab"] as const),
] as const;
type Happening = (typeof happenings)[number];

/** One tab with what outlives it: finished sites, address bar and the memory of its run. */
interface World {
  engine: ScriptedEngine;
  session: Session;
  readonly bar: TypedBar;
  readonly memory: RunMemory;
  /** Sites stored, by experiment. */
  readonly stored: Map<string, number>;
  /** Calls whose events are over. */
  readonly over: Set<Call>;
}

const nameOf = (spec: Spec, backend: BackendName): string => JSON.stringify([spec, backend]);
const undisturbed = (spec: Spec): Report =>
  report(
    spec,
    Array.from({ length: sites }, (_, site) =>
      siteResult(site, { testError: 0.1 + spec.curves[0].seed / 100 }),
    ),
  );

/** Lets every promise that can be settled settle. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

/** Recalls tell what is stored at once; a new run tells it first, as the engine does. */
async function answered(world: World): Promise<void> {
  await settled();
  const { engine, stored, over } = world;
  for (const call of engine.restores) {
    if (over.has(call)) continue;
    over.add(call);
    tellStored(call, stored);
    call.events.end();
  }
  for (const call of engine.runs) {
    if (call.signal?.aborted !== true || over.has(call)) continue;
    over.add(call);
    // A last word of a run that was left must not be shown with another experiment.
    computeSite(world, call);
    call.events.fail(cancelled());
  }
  await settled();
}

function tellStored({ spec, backend, events }: Call, stored: ReadonlyMap<string, number>): void {
  const whole = undisturbed(spec);
  const count = stored.get(nameOf(spec, backend)) ?? 0;
  for (const result of whole.curves[0].sites.slice(0, count)) {
    events.send(found({ type: "site", result }));
  }
  if (count === sites) events.send({ type: "finished", report: whole });
}

/** The run under way, as its engine sees it. */
function liveRun({ engine, over }: World): Call | undefined {
  const last = engine.runs.at(-1);
  return last === undefined || over.has(last) ? undefined : last;
}

/** The next site is computed and stored, unless all are. */
function computeSite(world: World, { spec, backend, events }: Call): void {
  const name = nameOf(spec, backend);
  const done = world.stored.get(name) ?? 0;
  const result = undisturbed(spec).curves[0].sites[done];
  if (result === undefined) return;
  world.stored.set(name, done + 1);
  events.send(found({ type: "site", result }));
}

function happen(world: World, happening: Happening): void {
  const { session, engine, stored, over } = world;
  const run = liveRun(world);
  switch (happening) {
    case "run":
    case "pause":
    case "resume":
    case "cancel":
    case "retry":
      session[happening]();
      return;
    case "seed":
      session.change((spec) => withFirstCurve(spec, { seed: (spec.curves[0].seed + 1) % 3 }));
      return;
    case "protocol":
      session.change((spec) => ({ ...spec, epochs: spec.epochs === 1 ? 2 : 1 }));
      return;
    case "backend":
      session.chooseBackend(engine.restores.at(-1)?.backend === "cpu" ? null : "cpu");
      return;
    case "reload":
      // What the old page still hears is nobody's.
      Object.assign(world, openedPage(world.bar, world.memory));
      return;
    case "site":
      if (run?.pause?.isPaused() === false) computeSite(world, run);
      return;
    case "finish":
      if (run?.pause?.isPaused() !== false) return;
      tellStored(run, stored);
      for (let site = 0; site < sites; site++) computeSite(world, run);
      run.events.send({ type: "finished", report: undisturbed(run.spec) });
      run.events.end();
      over.add(run);
      return;
    case "standstill":
      if (run?.pause?.isPaused() === true) run.events.send({ type: "paused" });
      return;
    case "lost":
      run?.events.send({ type: "recovered", reason: "the device was lost" });
      return;
    case "quota":
    case "cancelled by another tab":
      if (run === undefined) return;
      run.events.fail(happening === "quota" ? full() : cancelled());
      over.add(run);
      return;
    case "elsewhere":
      engine.computeElsewhere();
      return;
    case "follow":
      run?.events.send({ type: "computing", where: "elsewhere" });
      return;
    default:
      happening satisfies never;
  }
}

function openedPage(bar: TypedBar, memory: RunMemory): Pick<World, "engine" | "session"> {
  const engine = new ScriptedEngine();
  const session = createSession(engine, bar, memory);
  session.open();
  return { engine, session };
}

function claimPossible(world: World, last: { key: string | null; results: Results } | null): void {
  const { session, engine, memory } = world;
  const bench = workbenchOf(session.getSnapshot());
  if (bench === null) throw new Error("the workbench is closed");
  const key = experimentKey(session.getSnapshot());
  const { activity, results, address } = bench;
  const live = engine.runs.filter(({ signal }) => signal?.aborted === false);
  const open = live.filter((call) => !world.over.has(call));

  // One run at most, and it is the one that is shown.
  expect(open.length).toBe(isOpen(activity) ? 1 : 0);
  const run = open[0];
  if (run !== undefined) {
    expect(run.spec).toEqual(address.spec);
    expect(run.pause?.isPaused()).toBe(
      activity.status === "pausing" || activity.status === "paused",
    );
    expect(memory.read()).toEqual({ key, paused: run.pause?.isPaused() });
  } else {
    expect(memory.read()).toBeNull();
  }
  expect(activity.status).not.toBe("restoring");

  // What is shown is of this experiment, is what it would have been undisturbed, and only grows.
  const whole = undisturbed(address.spec);
  const { sites: shown } = curveResults(results);
  for (const [site, { result }] of shown) expect(result).toEqual(whole.curves[0].sites[site]);
  expect([...results.curves.keys()].every((curve) => curve === 0)).toBe(true);
  if (results.report !== null) expect(results.report).toEqual(whole);
  if (last?.key === key) {
    expect(shown.size).toBeGreaterThanOrEqual(curveResults(last.results).sites.size);
    if (last.results.report !== null) expect(results.report).not.toBeNull();
  }
}

function isOpen(activity: Activity): boolean {
  const run = underWay(activity);
  return run !== null && run.status !== "cancelling";
}

test("under any events the state stays valid, results grow, and the report equals the undisturbed one", async () => {
  const anything = fc.array(fc.constantFrom(...happenings), { minLength: 5, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(anything, async (sequence) => {
      const bar = new TypedBar();
      const memory = rememberedRun(null);
      const world: World = {
        ...openedPage(bar, memory),
        bar,
        memory,
        stored: new Map<string, number>(),
        over: new Set<Call>(),
      };
      await answered(world);
      let last: { key: string | null; results: Results } | null = null;
      for (const happening of sequence) {
        const runs = new Set(world.engine.runs);
        happen(world, happening);
        await answered(world);
        for (const call of world.engine.runs) if (!runs.has(call)) tellStored(call, world.stored);
        await answered(world);
        claimPossible(world, happening === "reload" ? null : last);
        const state = world.session.getSnapshot();
        const results = workbenchOf(state)?.results;
        if (results !== undefined) last = { key: experimentKey(state), results };
      }
      for (const happening of ["run", "resume", "finish"] as const) {
        happen(world, happening);
        await answered(world);
      }
      const bench = workbenchOf(world.session.getSnapshot());
      expect(bench?.activity).toEqual({ status: "idle" });
      expect(bench?.results.report).toEqual(bench && undisturbed(bench.address.spec));
    }),
    { numRuns: 150, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false },
  );
});

function full(): LabError {
  return new LabError({
    code: "storage",
    input: "the disk",
    expected: "room",
    found: "none left",
  });
}
