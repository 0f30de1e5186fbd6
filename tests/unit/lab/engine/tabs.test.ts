import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { nullChannel } from "../../../../src/engine/host/tabs/broadcast";
import { noLocks } from "../../../../src/engine/host/locks";
import { browserTabs } from "../../../../src/lab/engine/tabs";
import { holdLiveness, whenDead } from "../../../../src/lab/engine/worker-liveness";

const refuse = (): Promise<never> =>
  Promise.reject(new DOMException("The request was denied.", "SecurityError"));
const throwAtOnce = (): never => {
  throw new DOMException("denied", "SecurityError");
};
const never = (): Promise<never> => new Promise(() => undefined);

/** Grants every lock at once. */
const granting = {
  request: (_name: string, ...rest: unknown[]): Promise<unknown> =>
    Promise.resolve((rest.at(-1) as () => unknown)()),
  query: () => Promise.resolve({ held: [] }),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("tabs share work where the browser grants locks", async () => {
  vi.stubGlobal("navigator", { locks: granting });
  const { locks, openLine } = await browserTabs();
  expect(locks).not.toBe(noLocks);
  expect(openLine).not.toBe(nullChannel);
});

const unusable: [string, object][] = [
  ["there are no locks", {}],
  ["requests are refused", { locks: { request: refuse, query: refuse } }],
  ["only queries are refused", { locks: { ...granting, query: refuse } }],
  ["requests throw", { locks: { request: throwAtOnce, query: throwAtOnce } }],
  ["requests are never answered", { locks: { request: never, query: never } }],
  [
    "locks may not be read",
    {
      get locks(): never {
        return throwAtOnce();
      },
    },
  ],
];

test.each(unusable)("a tab works alone where %s", async (_, navigator) => {
  vi.stubGlobal("navigator", navigator);
  const tabs = browserTabs();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await tabs).toEqual({ locks: noLocks, openLine: nullChannel });
});

test("a tab works alone where channels are refused", async () => {
  vi.stubGlobal("navigator", { locks: granting });
  vi.stubGlobal("BroadcastChannel", throwAtOnce);
  expect(await browserTabs()).toEqual({ locks: noLocks, openLine: nullChannel });
});

test.each([
  ...unusable,
  ["only requests are refused", { locks: { ...granting, request: refuse } }] as const,
])("a worker starts, and never counts as dead, where %s", async (_, navigator) => {
  vi.stubGlobal("navigator", navigator);
  const starting = holdLiveness("a worker");
  let death: string | undefined;
  void whenDead("a worker", new AbortController().signal).then((reason) => (death = reason));
  await vi.advanceTimersByTimeAsync(10_000);
  await starting;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(death).toBeUndefined();
});
