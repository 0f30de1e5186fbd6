import { expect, test } from "vitest";
import { restoreExperiment } from "../../../src/engine/host/restore";
import { runExperiment, type RunDeps } from "../../../src/engine/host/run";
import type { ExperimentEvent } from "../../../src/experiment/events";
import type { CurveReport, Report } from "../../../src/experiment/report";
import {
  withFirstCurve,
  withOtherCurves,
  type Curve,
  type Spec,
} from "../../../src/experiment/spec";
import { tinyDeps, tinySpec, watchedStore } from "./tiny-experiment";

const first = { ...tinySpec("tiny-a", "tiny-b"), trainImages: 300 };
const other: Curve = {
  top: "tiny-a",
  bottom: "tiny-a",
  seed: 0,
  family: "affine",
  perturbation: "none",
};
const both = withOtherCurves(first, [other]);

async function eventsOf(spec: Spec, deps: RunDeps): Promise<ExperimentEvent[]> {
  const events: ExperimentEvent[] = [];
  for await (const event of runExperiment(spec, deps)) events.push(event);
  return events;
}

function reportIn(events: readonly ExperimentEvent[]): Report {
  const last = events.at(-1);
  if (last?.type !== "finished") throw new Error("no report");
  return last.report;
}

/** Everything but the time it took. */
function curve({ top, bottom, sites }: CurveReport): object {
  return { top, bottom, sites: sites.map((site) => ({ ...site, seconds: 0 })) };
}

test("each curve of an experiment equals the curve computed alone", async () => {
  const together = reportIn(await eventsOf(both, await tinyDeps(both)));
  const apart = [first, withFirstCurve(first, other)];
  const alone: CurveReport[] = [];
  for (const spec of apart) {
    const { curves } = reportIn(await eventsOf(spec, await tinyDeps(spec)));
    expect(curves).toHaveLength(1);
    alone.push(...curves);
  }
  expect(together.curves.map(curve)).toEqual(alone.map(curve));
});

test("what stitches are fitted for changes what they are, and not what they start from", async () => {
  const [task] = first.curves;
  const matched = { ...task, objective: "match" } as const;
  const spec = withOtherCurves(first, [matched, { ...task, objective: "functional" }]);
  const store = watchedStore();
  const { curves } = reportIn(await eventsOf(spec, await tinyDeps(spec, { store })));
  const [plain, match, functional] = curves.map(({ sites }) => sites[0]);
  const starts = curves.map(({ sites }) => sites[0]?.leastSquaresTestError);
  expect(new Set(starts).size).toBe(1);
  // Nothing is trained for it.
  expect(match).toMatchObject({ steps: 0, refinement: null, testError: starts[0] });
  expect(store.kept.filter((type) => type === "stitch")).toHaveLength(2);
  expect(functional?.refinement?.heldOutLoss).toBeLessThan(
    functional?.refinement?.leastSquaresHeldOutLoss ?? 0,
  );
  // Nats of the task start elsewhere.
  expect(functional?.refinement?.leastSquaresHeldOutLoss).not.toBe(
    plain?.refinement?.leastSquaresHeldOutLoss,
  );
});

test("tasks that curves share are computed once", async () => {
  const store = watchedStore();
  const events = await eventsOf(both, await tinyDeps(both, { store }));
  // Two networks, although they play four roles.
  expect(store.kept.filter((type) => type === "baseline")).toHaveLength(2);
  const roles = events.flatMap((event) =>
    event.type === "curve" && event.curve !== 0 && event.event.type === "baseline"
      ? [event.event.role]
      : [],
  );
  expect(roles.sort()).toEqual(["bottom", "top"]);
});

test("a stored experiment of several curves is restored completely", async () => {
  const store = watchedStore();
  const report = reportIn(await eventsOf(both, await tinyDeps(both, { store })));
  const recalled: ExperimentEvent[] = [];
  for await (const event of restoreExperiment(both, await tinyDeps(both, { store }))) {
    recalled.push(event);
  }
  expect(reportIn(recalled)).toEqual(report);
});

test("an experiment with a missing network is refused", async () => {
  const wrong = withOtherCurves(first, [{ ...other, bottom: "nowhere" }]);
  const events = eventsOf(wrong, await tinyDeps(both));
  await expect(events).rejects.toMatchObject({
    code: "not-found",
    input: "bottom",
    found: "nowhere",
  });
});
