import { expect, test } from "vitest";
import { spawnThread } from "../../../../src/node/spawn-thread";
import { createPauseSignal } from "../../../../src/engine/pause-signal";
import { runExperiment } from "../../../../src/engine/host/run";
import type { WorkerPort } from "../../../../src/engine/messages";
import type { CurveReport, Report } from "../../../../src/experiment/report";
import { defaultSpec, type Spec } from "../../../../src/experiment/spec";
import { casesOf } from "../../nightly";
import { tinyDeps } from "../tiny-experiment";

const spec: Spec = {
  ...defaultSpec("tiny-a", "tiny-b", "paper"),
  trainImages: 128,
  testImages: 64,
  epochs: 12,
  sites: [1],
};

/** A thread that dies as one does that runs out of memory: by itself. */
function mortalThreads(): { spawn: () => WorkerPort; kill: () => void } {
  const ports: WorkerPort[] = [];
  const breaks: ((reason: string) => void)[] = [];
  return {
    spawn() {
      const port = spawnThread();
      ports.push(port);
      return {
        ...port,
        onBreak(receive) {
          breaks.push(receive);
          port.onBreak(receive);
        },
      };
    },
    kill() {
      for (const port of ports) port.terminate();
      for (const broken of breaks.splice(0)) broken("killed");
    },
  };
}

function untimed({ curves, ...rest }: Report): object {
  const untimedSites = ({ sites, ...networks }: CurveReport): object => ({
    ...networks,
    sites: sites.map((site) => ({ ...site, seconds: 0 })),
  });
  return { ...rest, curves: curves.map(untimedSites) };
}

const trainingStep = (activity: string): number =>
  Number(/training, step (\d+)/.exec(activity)?.[1] ?? 0);

// Plain JavaScript takes a minute for what wasm does in seconds.
test.each(casesOf<"wasm" | "cpu">(["wasm"], ["cpu"]))(
  "training resumes from its checkpoint after its thread was killed, to the same report: %s",
  { timeout: 900_000 },
  async (backend) => {
    let expected: Report | undefined;
    for await (const event of runExperiment(spec, await tinyDeps(spec, { backend }))) {
      if (event.type === "finished") expected = event.report;
    }

    const threads = mortalThreads();
    const pause = createPauseSignal();
    const deps = { backend, spawn: threads.spawn, workers: 1, pause };
    let found: Report | undefined;
    let killed = false;
    const stepsAfter: number[] = [];
    for await (const event of runExperiment(spec, await tinyDeps(spec, deps))) {
      if (event.type === "finished") found = event.report;
      if (event.type === "progress" && trainingStep(event.activity) > 0) {
        if (killed) stepsAfter.push(trainingStep(event.activity));
        else if (trainingStep(event.activity) >= 6) pause.set(true);
      }
      if (event.type === "paused" && !killed) {
        killed = true;
        threads.kill();
        pause.set(false);
      }
    }
    expect(killed).toBe(true);
    expect(stepsAfter[0]).toBeGreaterThan(6);
    expect(found && untimed(found)).toEqual(expected && untimed(expected));
  },
);
