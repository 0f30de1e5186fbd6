/** Whatever happens, in whatever order: every tab ends with the report of an undisturbed run. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { nextTurn } from "../../../../src/engine/worker/serve";
import type { RunDeps } from "../../../../src/engine/host/run";
import type { Report } from "../../../../src/experiment/report";
import { tinyDeps, tinySpec } from "../tiny-experiment";
import { standInBrowser, type Browser, type Tab } from "./browser";
import { divergingSite } from "./fake-worker";

/** Two parts to score. */
const testImages = 1_100;
const spec = { ...tinySpec("tiny-a", "tiny-b"), sites: [0, 1, divergingSite, 3], testImages };
let common: Pick<RunDeps, "models" | "data" | "dataFolder" | "backend">;
let expected: Report;

const open = (forgetsCheckpoints = false): Browser =>
  standInBrowser(spec, common, { forgetsCheckpoints });

beforeAll(async () => {
  common = await tinyDeps(spec);
  expected = await open().openTab().report;
});

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

describe("an undisturbed run", () => {
  test("reports a layer that diverges with its step and seed, and continues with the others", () => {
    const { failures, sites } = expected.curves[0];
    expect(failures).toEqual([
      {
        site: divergingSite,
        name: "block 2",
        reason: "diverged",
        step: 3,
        seed: spec.curves[0].seed,
        found: "a loss of NaN",
      },
    ]);
    expect(sites.map(({ site }) => site)).toEqual([0, 1, 3]);
  });
});

test("similarity is gathered before any stitch is trained, so that layers are reported one by one", async () => {
  const browser = open();
  await browser.openTab().report;
  const kinds = browser.begun.map(({ type }) => type);
  expect(kinds.lastIndexOf("similarity")).toBeGreaterThanOrEqual(0);
  expect(kinds.lastIndexOf("similarity")).toBeLessThan(kinds.indexOf("stitch"));
});

test("a killed worker is replaced, its task resumes, and the run reports it", async () => {
  const browser = open();
  const tab = browser.openTab();
  await turns(30);
  const begun = browser.begun.length;
  expect(begun).toBeGreaterThan(0);
  for (const worker of tab.workers) worker.kill();
  expect(await tab.report).toEqual(expected);
  expect(tab.said).toContain("recovered");
  // Begun once each, though workers died: a checkpoint is no beginning.
  expect(new Set(browser.begun).size).toBe(browser.begun.length);
});

test("a task whose workers die without progress fails with an error that says so", async () => {
  const tab = open().openTab();
  const ended = tab.report.catch((thrown: unknown) => thrown);
  for (let turn = 0; turn < 300; turn++) {
    for (const worker of tab.workers) worker.kill();
    await nextTurn();
  }
  const error = await ended;
  expect(error).toMatchObject({ code: "backend" });
  expect(String(error)).toContain("in a row");
});

test("a paused run stands still; resumed, it ends with the same result", async () => {
  const browser = open();
  const tab = browser.openTab();
  await turns(20);
  tab.pause.set(true);
  await turns(40);
  expect(tab.said.at(-1)).toBe("paused");
  const { length } = tab.said;
  await turns(100);
  expect(tab.said).toHaveLength(length);
  tab.pause.set(false);
  expect(await tab.report).toEqual(expected);
});

test("a second tab follows; when the first is killed, it computes only the rest", async () => {
  const browser = open();
  const first = browser.openTab();
  const second = browser.openTab();
  await turns(60);
  expect(second.workers).toHaveLength(0);
  first.kill();
  expect(await second.report).toEqual(expected);
  expect([...browser.puts.values()].every((count) => count === 1)).toBe(true);
});

test.each([
  ["while it computes", 30, false],
  ["while it is paused", 30, true],
  ["as it begins", 3, false],
])(
  "cancelled %s, it is finished by the next run, which waits for nothing",
  async (_, until, held) => {
    const browser = open();
    const tab = browser.openTab();
    const ended = tab.report.catch((thrown: unknown) => thrown);
    await turns(until);
    tab.pause.set(held);
    await turns(20);
    tab.cancel();
    expect(await ended).toMatchObject({ code: "cancelled" });
    expect(await browser.openTab().report).toEqual(expected);
    expect([...browser.puts.values()].every((count) => count === 1)).toBe(true);
  },
);

test("a failed task leaves nothing that blocks a second try", async () => {
  const browser = open();
  const tab = browser.openTab();
  const ended = tab.report.catch((thrown: unknown) => thrown);
  for (let turn = 0; turn < 300; turn++) {
    for (const worker of tab.workers) worker.kill();
    await nextTurn();
  }
  expect(await ended).toMatchObject({ code: "backend" });
  expect(await browser.openTab().report).toEqual(expected);
});

const happening = fc.oneof(
  fc.record({ type: fc.constant("wait"), turns: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    type: fc.constantFrom("kill worker", "lose device", "pause", "resume", "close tab"),
    which: fc.nat(5),
  }),
  fc.record({ type: fc.constant("open tab") }),
);

test("no sequence of faults loses a result, changes one, or computes one twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 25 }),
      fc.boolean(),
      async (happenings, forgetsCheckpoints) => {
        const browser = open(forgetsCheckpoints);
        const tabs: Tab[] = [browser.openTab()];
        // A task that lost one worker after another gives up; the visitor then tries again.
        const living = (): Tab[] => tabs.filter((tab) => tab.alive());
        const endings: string[] = [];
        const watch = (tab: Tab): void => {
          tab.report.catch((thrown: unknown) => {
            endings.push(String(thrown));
            tab.kill();
          });
        };
        for (const tab of tabs) watch(tab);
        for (const happens of happenings) {
          if ("turns" in happens) await turns(happens.turns);
          else if (!("which" in happens)) {
            const tab = browser.openTab();
            watch(tab);
            tabs.push(tab);
          } else {
            const tab = living()[happens.which % Math.max(1, living().length)];
            const worker = tab?.workers.filter((other) => other.alive()).at(happens.which % 2);
            if (happens.type === "kill worker") worker?.kill();
            else if (happens.type === "lose device") worker?.loseDevice();
            else if (happens.type === "close tab") tab?.kill();
            else tab?.pause.set(happens.type === "pause");
          }
        }
        const last = browser.openTab();
        tabs.push(last);
        await turns(5);
        // A run that is paused, in whichever tab, is resumed.
        for (const tab of living()) tab.pause.set(true);
        await turns(5);
        for (const tab of living()) tab.pause.set(false);
        expect(await last.report).toEqual(expected);
        // A tab may give up for one reason only.
        for (const ending of endings) expect(ending).toContain("in a row");
        expect([...browser.puts.values()].every((count) => count === 1)).toBe(true);
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
}, 240_000);
