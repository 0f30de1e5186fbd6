/** Sessions that tests of several parts open, and what they ask of them. */
import { expect, vi } from "vitest";
import type { Spec } from "../../../../src/experiment/spec";
import type { RunMemory } from "../../../../src/lab/session/runs/run-memory";
import { createSession, type Session } from "../../../../src/lab/session/session";
import { workbenchOf, type Workbench } from "../../../../src/lab/session/state";
import { rememberedRun, ScriptedEngine, TypedBar, type Call } from "../fakes";

/** The address of what a first visit with the scripted zoo opens. */
export const usual = "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0&protocol=quick";

export interface Opened {
  readonly session: Session;
  readonly engine: ScriptedEngine;
  readonly bar: TypedBar;
}

/** A session that has asked for the zoo and probed, whatever came of it. */
export async function opened(
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

export function bench(session: Session): Workbench {
  const value = workbenchOf(session.getSnapshot());
  if (value === null) throw new Error("the workbench is not open");
  return value;
}

export async function until(session: Session, holds: (value: Workbench) => boolean): Promise<void> {
  await vi.waitFor(() => {
    const value = workbenchOf(session.getSnapshot());
    expect(value !== null && holds(value)).toBe(true);
  });
}

export function theRun(engine: ScriptedEngine): Call {
  const [run] = engine.runs;
  if (run === undefined) throw new Error("nothing was run");
  return run;
}

export function bareSpec(): Spec {
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
