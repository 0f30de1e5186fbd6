import { describe, expect, test } from "vitest";
import type { UnderWay } from "../../../../src/lab/session/state";
import {
  offersPairAlone,
  runLabel,
  statusOf,
  type RunState,
} from "../../../../src/lab/run/run-status";
import type { Results } from "../../../../src/lab/session/results/results";
import { siteResult } from "../fakes";

const idle: RunState = {
  activity: { status: "idle" },
  obstacle: null,
  backendKnown: true,
  queued: false,
  trainsFirst: false,
  started: false,
  finished: false,
  recorded: false,
  whole: false,
  time: null,
  pairAlone: null,
};

describe("a first curve of which nothing is known, next to others that are", () => {
  const known = new Map([[0, { result: siteResult(0) }]]);
  const curve = { top: null, bottom: null, probes: [] };
  const results = (first: boolean, second: boolean): Results => ({
    curves: new Map([
      [0, { ...curve, sites: first ? known : new Map() }],
      [1, { ...curve, sites: second ? known : new Map() }],
    ]),
    report: null,
  });

  test("may be run alone, as may a visitor’s own pair that has others beside it", () => {
    expect(offersPairAlone(results(false, true), 2, true)).toBe(true);
    expect(offersPairAlone(results(true, true), 2, false)).toBe(false);
    expect(offersPairAlone(results(false, false), 2, true)).toBe(false);
    expect(offersPairAlone(results(false, false), 2, false)).toBe(true);
    expect(offersPairAlone(results(false, false), 1, false)).toBe(false);
  });

  test("is offered alone, with its own time before that of all", () => {
    const state = { ...idle, started: true, time: "about 3 h", pairAlone: { time: "about 4 min" } };
    expect(statusOf(state)).toBe("This pair: about 4 min · all curves: about 3 h");
  });
});

describe("a recorded figure of which a cancelled run computed some layers", () => {
  const state = { ...idle, started: true, recorded: true, whole: true };

  test("is still a saved result that can be run here", () => {
    expect([statusOf(state), runLabel(state)]).toEqual(["Saved result", "Run here"]);
  });

  test("names the button that is there when it is cancelled", () => {
    const cancelled = statusOf({ ...state, activity: { status: "cancelled" } });
    expect(cancelled).toBe("Cancelled. Finished layers are kept; “Run here” continues.");
  });
});

test("a run says what its files are for, and that the time left is being estimated", () => {
  const said = (progress: UnderWay["progress"]): string =>
    statusOf({
      ...idle,
      activity: { status: "running", progress, where: "here", recovered: null },
    });
  const files = { stage: "files", done: 9, total: 28, file: "data/test-01.bin" } as const;
  expect(said(files)).toBe("Loading images (file 10 of 28)…");
  const working = {
    stage: "working",
    fraction: 0.006,
    activity: "stem",
    tensorBytes: 5e7,
  } as const;
  expect(said({ ...working, remainingMs: null })).toBe(
    "0.6% · estimating time left… · stem · 50.0 MB of memory",
  );
  expect(said({ ...working, remainingMs: 7.2e6 })).toContain("about 2.0 h left");
  // Which images a task has come to does not fit.
  const activity = "scoring least-squares stitches on test images 0 to 1024";
  expect(said({ ...working, activity, remainingMs: 240_000 })).toBe(
    "0.6% · about 4 min left · scoring least-squares stitches · 50.0 MB of memory",
  );
});

test.each([true, false])("a paused run says whether it outlives the page: %j", (isKept) => {
  const activity: RunState["activity"] = {
    status: "paused",
    progress: {
      stage: "working",
      fraction: 0.714,
      remainingMs: null,
      activity: "",
      tensorBytes: 0,
    },
    where: "here",
    recovered: null,
  };
  const word = isKept ? "kept" : "lost";
  expect(statusOf({ ...idle, activity }, isKept)).toBe(
    `Paused at 71.4% · ${word} if you close the page`,
  );
});

test("an experiment of one's own with some results is partly computed", () => {
  const state = { ...idle, started: true };
  expect([statusOf(state), runLabel(state)]).toEqual(["Partly computed", "Run the rest"]);
});

test("how long a run takes is said with the button that starts it", () => {
  const said = (state: Partial<RunState>): string =>
    statusOf({ ...idle, time: "about 4 min", ...state });
  expect([said({}), said({ recorded: true, whole: true }), said({ started: true })]).toEqual([
    "Not computed yet · Run: about 4 min",
    "Saved result · Run here: about 4 min",
    "Partly computed · Run the rest: about 4 min",
  ]);
  expect(said({ finished: true })).toBe("Done.");
});
