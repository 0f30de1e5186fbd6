import { expect, test, vi } from "vitest";
import { LabError } from "../../../../src/core/errors";
import type { StoredModel } from "../../../../src/engine/user-model";
import { readTrainingRef } from "../../../../src/experiment/training/ref";
import { numericsVersion } from "../../../../src/experiment/training/spec";
import type { Session } from "../../../../src/lab/session/session";
import type { TrainingJob } from "../../../../src/lab/session/trainings/training-job";
import { rememberedRun, storageWith, type ScriptedEngine } from "../fakes";
import { bench, opened, theRun } from "./opened-session";

const [a, b] = ["train:seed=0,epochs=3", "train:seed=1,epochs=3"];
const specOf = readTrainingRef;

function trained(ref: string, isNamed = true): StoredModel {
  return {
    sha256: ref.includes("seed=0") ? "a".repeat(64) : "b".repeat(64),
    name: ref,
    sizeBytes: 100,
    architecture: { family: "resnet", blocks: [2, 2, 2, 2], width: 4 },
    stored: true,
    trained: { ref, isNamed, numerics: numericsVersion, share: 1, testError: 0.4, testImages: 10 },
  };
}

function finish(engine: ScriptedEngine, index: number, ref: string, step = 30): void {
  const events = engine.trainings[index]?.events;
  events?.send({ type: "step", step, steps: 30, loss: 1 });
  events?.send({
    type: "finished",
    network: trained(ref, step === 30),
    ...{ step, steps: 30, testError: 0.4, testImages: 10 },
    answers: {
      wrong: Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 0, 1, 0]),
      predicted: Uint8Array.from([0, 0, 0, 7, 0, 0, 0, 0, 2, 0]),
    },
  });
  events?.end();
}

function jobs(session: Session): readonly TrainingJob[] {
  return session.trainings.getSnapshot().jobs;
}

test("networks are trained one after another, and then can be chosen", async () => {
  const { session, engine } = await opened();
  session.trainings.start(specOf(a));
  session.trainings.start(specOf(b));
  session.trainings.start(specOf(a));
  expect(jobs(session).map(({ status }) => status)).toEqual(["running", "waiting"]);
  expect(engine.trainings).toHaveLength(1);
  finish(engine, 0, a);
  await vi.waitFor(() => expect(engine.trainings).toHaveLength(2));
  finish(engine, 1, b);
  await vi.waitFor(() =>
    expect(jobs(session).map(({ status }) => status)).toEqual(["finished", "finished"]),
  );
  const ids = bench(session).models.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([a, b]));
});

test("a run by address trains both of its networks first", async () => {
  const { session, engine } = await opened(`#v=3&bottom=${b}&top=${a}&protocol=glance`);
  session.run();
  expect(jobs(session).map(({ ref }) => ref)).toEqual([b, a]);
  finish(engine, 0, b);
  await vi.waitFor(() => expect(engine.trainings).toHaveLength(2));
  expect(engine.runs).toHaveLength(0);
  finish(engine, 1, a);
  await vi.waitFor(() => expect(engine.runs).toHaveLength(1));
  expect(theRun(engine).spec.curves[0]).toMatchObject({ top: a, bottom: b });
});

test("a run whose network cannot be trained does not wait any more", async () => {
  const { session, engine } = await opened(`#v=3&bottom=${b}&top=resnet18-w16-s0`);
  session.run();
  expect(session.getSnapshot().queued).not.toBeNull();
  const error = { code: "numerics", input: "training", expected: "a finite loss", found: "NaN" };
  engine.trainings[0]?.events.fail(new LabError({ ...error, code: "numerics" }));
  await vi.waitFor(() => expect(jobs(session)[0]).toMatchObject({ status: "failed", error }));
  expect(session.getSnapshot().queued).toBeNull();
});

test("a training that is stopped early is a network of its own", async () => {
  const { session, engine } = await opened();
  session.trainings.start(specOf(a));
  session.trainings.stop(a);
  expect(engine.trainings[0]?.control.stop.aborted).toBe(true);
  finish(engine, 0, a, 17);
  await vi.waitFor(() => expect(jobs(session)[0]?.status).toBe("stopped"));
  expect(jobs(session)[0]?.result?.id).toBe(`sha256:${"a".repeat(64)}`);
});

test("a later visit finds what was left, with its curve, and resumes it when asked", async () => {
  const storage = storageWith({});
  const first = await opened("", undefined, rememberedRun(null, storage));
  first.session.trainings.start(specOf(a));
  const events = first.engine.trainings[0]?.events;
  events?.send({ type: "step", step: 10, steps: 30, loss: 2 });
  events?.send({ type: "epoch", epoch: 1, testError: 0.7, testImages: 10 });
  await vi.waitFor(() => expect(jobs(first.session)[0]?.epochs).toHaveLength(1));
  first.session.trainings.leave(a);
  await vi.waitFor(() => expect(jobs(first.session)[0]?.status).toBe("left"));

  const { session, engine } = await opened("", undefined, rememberedRun(null, storage));
  expect(jobs(session)[0]).toMatchObject({
    ...{ ref: a, status: "left", step: 10, steps: 30 },
    losses: [{ step: 10, loss: 2 }],
    epochs: [{ epoch: 1, testError: 0.7 }],
  });
  expect(engine.trainings).toHaveLength(0);
  session.trainings.start(specOf(a));
  expect(jobs(session)[0]).toMatchObject({ status: "running", step: 10 });
  finish(engine, 0, a);
  await vi.waitFor(() => expect(jobs(session)[0]?.status).toBe("finished"));
});

test.each([
  { ends: "finished", step: 30 },
  { ends: "stopped", step: 17 },
])("a later visit lists a $ends training with all that it showed", async ({ ends, step }) => {
  const storage = storageWith({});
  const { session, engine } = await opened("", undefined, rememberedRun(null, storage));
  session.trainings.start(specOf(a));
  const snapshot = trained("train:seed=0,epochs=3,stop=1");
  engine.trainings[0]?.events.send({
    ...{ type: "epoch", epoch: 1, testError: 0.7, testImages: 10 },
    snapshot,
  });
  finish(engine, 0, a, step);
  await vi.waitFor(() => expect(jobs(session)[0]?.status).toBe(ends));
  const before = jobs(session)[0];
  expect(before?.result?.mistakes).toEqual([
    { image: 3, predicted: 7 },
    { image: 8, predicted: 2 },
  ]);
  const later = await opened("", undefined, rememberedRun(null, storage));
  const nothing = { remainingMs: null, measured: null };
  expect(jobs(later.session)).toEqual([{ ...before, ...nothing, isEarlier: true }]);
  later.session.trainings.forget(a);
  const last = await opened("", undefined, rememberedRun(null, storage));
  expect(jobs(last.session)).toEqual([]);
});

test("a training that failed is not listed later, and what cannot be read is left out", async () => {
  const storage = storageWith({});
  const { session, engine } = await opened("", undefined, rememberedRun(null, storage));
  session.trainings.start(specOf(a));
  const error = { code: "numerics", input: "training", expected: "a finite loss", found: "NaN" };
  engine.trainings[0]?.events.fail(new LabError({ ...error, code: "numerics" }));
  await vi.waitFor(() => expect(jobs(session)[0]?.status).toBe("failed"));
  expect(jobs((await opened("", undefined, rememberedRun(null, storage))).session)).toEqual([]);
  const earlier = { ref: a, step: 10, steps: 30, losses: [], epochs: [] };
  const odd = [{ ...earlier, ended: { status: "running" } }, { ...earlier, ref: "x" }, earlier];
  storage.setItem("stitch-lab-trainings", JSON.stringify(odd));
  const later = await opened("", undefined, rememberedRun(null, storage));
  expect(jobs(later.session)).toMatchObject([{ ref: a, status: "left", snapshots: [] }]);
});
