/** Images of the visitor's in a session: chosen, asked for, removed. */
import { expect, test, vi } from "vitest";
import { withProtocol } from "../../../../../src/lab/session/experiment/edits";
import { createSession, type Session } from "../../../../../src/lab/session/session";
import { workbenchOf, type Workbench } from "../../../../../src/lab/session/state";
import { ownImages, rememberedRun, ScriptedEngine, TypedBar } from "../../fakes";

const ten = "abcdefghij".split("");
const own = ownImages(ten);
const networks = "#v=3&bottom=resnet18-w16-s1&top=resnet18-w16-s0";
const ofPhotos = `${networks}&data=${own.ref}&protocol=glance&train=400&test=100&backend=wasm`;

async function opened(hash: string, engine = new ScriptedEngine()) {
  const bar = new TypedBar(hash);
  const session = createSession(engine, bar, rememberedRun(null));
  session.open();
  await vi.waitFor(() => {
    const { workbench, dataSets } = session.getSnapshot();
    expect([workbench.status, dataSets === null]).toEqual(["ready", false]);
  });
  return { session, engine, bar };
}

function bench(session: Session): Workbench {
  const value = workbenchOf(session.getSnapshot());
  if (value === null) throw new Error("the workbench is not open");
  return value;
}

test("images that are taken in become the experiment's, in its address, too", async () => {
  const { session, engine, bar } = await opened(`${networks}&protocol=glance&backend=wasm`);
  session.giveImages(null);
  expect(session.getSnapshot().imageImport).toEqual({ given: null });
  engine.dataSets.push(own);
  session.endImages(own);
  await vi.waitFor(() => expect(bar.hash()).toBe(ofPhotos));
  expect(session.getSnapshot().imageImport).toBeNull();
  expect(engine.restores.at(-1)?.spec.data).toBe(own.ref);

  // A protocol that uses more images gets as many as there are.
  session.change((spec, models) => withProtocol(spec, "paper", models));
  expect(bench(session).address.spec).toMatchObject({ trainImages: 400, testImages: 100 });
});

test("an import that is given up leaves everything as it was", async () => {
  const { session, bar } = await opened(`${networks}&protocol=glance&backend=wasm`);
  const before = bar.hash();
  session.giveImages({ name: "photos", files: [] });
  session.endImages(null);
  expect(bar.hash()).toBe(before);
  expect(session.getSnapshot().imageImport).toBeNull();
});

test("an address whose images are not here waits for them, and then shows what is stored", async () => {
  const { session, engine, bar } = await opened(ofPhotos);
  session.run();
  expect([engine.restores.length, engine.runs.length]).toEqual([0, 0]);
  engine.dataSets.push(own);
  session.endImages(own);
  await vi.waitFor(() => expect(engine.restores).toHaveLength(1));
  expect(bar.hash()).toBe(ofPhotos);
  session.run();
  expect(engine.runs).toHaveLength(1);
});

test("nothing runs while networks and images do not go together", async () => {
  const engine = new ScriptedEngine();
  engine.dataSets.push(ownImages(["cat", "dog"]));
  const { session } = await opened(ofPhotos, engine);
  session.run();
  expect([engine.restores.length, engine.runs.length]).toEqual([0, 0]);
});

test("images that are removed give way to CIFAR-10", async () => {
  const engine = new ScriptedEngine();
  engine.dataSets.push(own);
  const { session, bar } = await opened(ofPhotos, engine);
  session.removeDataSet(own.ref);
  await vi.waitFor(() => expect(session.getSnapshot().dataSets).toEqual([]));
  expect(bar.hash()).toBe(`${networks}&protocol=glance&backend=wasm`);
});
