import { expect, test, vi } from "vitest";
import { LabError } from "../../../../src/core/errors";
import { curveResults } from "../../../../src/lab/session/results/results";
import { choice, found, siteResult, zoo } from "../fakes";
import { bench, opened, until, usual } from "./opened-session";

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
    engine.probeAnswers = [() => Promise.reject(new Error("lost")), () => Promise.resolve(choice)];
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
