import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDatabase, type Opening } from "../../../src/storage/database";

/** A request of a browser that does only what a test makes it do. */
class Request extends EventTarget {
  readonly transaction = null;
  error: unknown = null;
  result: unknown = undefined;
}

class Database extends EventTarget {
  closed = false;
  close(): void {
    this.closed = true;
  }
}

const events = { superseded: () => undefined, terminated: () => undefined };
let requests: Request[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockReturnValue();
  requests = [];
  // idb tells what it wraps by these classes.
  for (const name of ["IDBObjectStore", "IDBIndex", "IDBCursor", "IDBTransaction"]) {
    vi.stubGlobal(name, class extends EventTarget {});
  }
  vi.stubGlobal("IDBRequest", Request);
  vi.stubGlobal("IDBDatabase", Database);
  vi.stubGlobal("indexedDB", {
    open() {
      const request = new Request();
      requests.push(request);
      return request;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function opening(): { result: Opening | undefined } {
  const found: { result: Opening | undefined } = { result: undefined };
  void openDatabase(events).then((result) => (found.result = result));
  return found;
}

function succeed(request: Request | undefined): Database {
  const database = new Database();
  if (request) {
    request.result = database;
    request.dispatchEvent(new Event("success"));
  }
  return database;
}

test("a request that is never answered counts as closed after three seconds", async () => {
  const found = opening();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(found.result).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(found.result).toEqual({ status: "closed", obstacle: "no-answer" });
});

test("a request that an older page blocks counts as blocked after three seconds", async () => {
  const found = opening();
  requests[0]?.dispatchEvent(new Event("blocked"));
  await vi.advanceTimersByTimeAsync(3_500);
  expect(found.result).toEqual({ status: "closed", obstacle: "blocked" });
});

test("a newer database that is never opened counts as closed", async () => {
  const found = opening();
  if (requests[0]) requests[0].error = new DOMException("newer", "VersionError");
  requests[0]?.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(3_500);
  expect(requests).toHaveLength(2);
  expect(found.result).toEqual({ status: "closed", obstacle: "no-answer" });
});

test("a database that opens too late is closed again, and blocks nobody", async () => {
  opening();
  await vi.advanceTimersByTimeAsync(3_500);
  const database = succeed(requests[0]);
  await vi.advanceTimersByTimeAsync(0);
  expect(database.closed).toBe(true);
});

test("a database that opens in time stays open", async () => {
  const found = opening();
  await vi.advanceTimersByTimeAsync(2_500);
  const database = succeed(requests[0]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(found.result).toMatchObject({ status: "open", tables: { writable: true } });
  expect(database.closed).toBe(false);
});
