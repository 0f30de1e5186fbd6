/**
 * Random faults of the browser and of its database. Each must leave a page that opens and runs an
 * experiment to the right number. Needs the page, its workers and a browser, all at once.
 *
 * STITCH_LAB_SEED repeats the faults of a failed night, whose seed is in the test's output.
 */
import { expect, type BrowserContext, type Page } from "@playwright/test";
import { brief, downloadReport, open, run, untilFinished, withoutTimes } from "../page/lab-page";
import { seeded } from "../../../src/core/random/generator";
import { nightlySeed } from "../../unit/nightly";
import { answerProbes, test } from "../page/lab-test";
import { openBlank } from "../page/stored";
import { prependToWorkers } from "../page/worker-script";

const seed = nightlySeed("broken browsers");
const rounds = 8;

const interfaces = {
  locks: "navigator",
  hardwareConcurrency: "navigator",
  storage: "navigator",
  indexedDB: "globalThis",
  BroadcastChannel: "globalThis",
  sessionStorage: "globalThis",
  localStorage: "globalThis",
  caches: "globalThis",
} as const;
type Fault = "deleted" | "throwing" | "silent";

/** A script that spoils one interface of a page or worker. */
function spoiling(name: keyof typeof interfaces, fault: Fault): string {
  const never = "() => new Promise(() => undefined)";
  const silent: Partial<Record<keyof typeof interfaces, string>> = {
    locks: `{ request: ${never}, query: ${never} }`,
    storage: `{ estimate: ${never}, persist: ${never}, persisted: ${never} }`,
    hardwareConcurrency: "0",
    caches: `{ open: ${never}, match: ${never}, keys: ${never} }`,
  };
  if (fault === "silent" && name === "indexedDB") {
    return "if (self.IDBFactory) IDBFactory.prototype.open = () => Object.create(IDBOpenDBRequest.prototype, { addEventListener: { value() {} }, removeEventListener: { value() {} } });";
  }
  const value = fault === "silent" ? (silent[name] ?? "undefined") : "undefined";
  const body =
    fault === "throwing" ? 'throw new DOMException("denied", "SecurityError")' : `return ${value}`;
  return `Object.defineProperty(${interfaces[name]}, "${name}", { configurable: true, get() { ${body}; } });`;
}

async function spoil(context: BrowserContext, script: string): Promise<void> {
  await context.addInitScript(script);
  await prependToWorkers(context, script);
}

/** Changes random bytes, fields and kinds of about half of the stored entries. */
async function mutateDatabase(page: Page, numbers: readonly number[]): Promise<void> {
  await page.evaluate(
    (numbers) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("stitch-lab");
        request.onerror = () => reject(new Error(request.error?.message));
        request.onsuccess = () => {
          const database = request.result;
          let used = 0;
          const next = (): number => numbers[used++ % numbers.length] ?? 0;
          const tables = [...database.objectStoreNames];
          const transaction = database.transaction(tables, "readwrite");
          for (const table of tables) {
            const opened = transaction.objectStore(table).openCursor();
            opened.onsuccess = () => {
              const cursor = opened.result;
              if (!cursor) return;
              const value: unknown = cursor.value;
              const bytes =
                typeof value === "object" && value !== null && "bytes" in value
                  ? value.bytes
                  : value;
              // An earlier round may have left something else.
              if (!(bytes instanceof Uint8Array)) {
                cursor.continue();
                return;
              }
              const way = Math.floor(next() * 8);
              if (way === 0) cursor.delete();
              else if (way === 1) cursor.update("not a record");
              else if (way === 2) cursor.update({ bytes, sha256: 5 });
              else if (way === 3) {
                const place = Math.floor(next() * bytes.length);
                bytes[place] = (bytes[place] ?? 0) ^ 1;
                cursor.update(value);
              }
              cursor.continue();
            };
          }
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
          transaction.onabort = () => reject(new Error(transaction.error?.message));
        };
      }),
    numbers,
  );
}

/** Errors that nothing caught, in the page. */
function uncaught(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  return errors;
}

async function finished(page: Page): Promise<object> {
  await open(page, brief);
  const download = page.getByRole("button", { name: "Download report" });
  // What is stored may already be the whole of it.
  await page.waitForTimeout(1_000);
  if (!(await download.isVisible())) await run(page);
  await untilFinished(page);
  return withoutTimes(await downloadReport(page));
}

test(
  "random faults of the browser change no number",
  { tag: "@nightly" },
  async ({ page, browser, baseURL }) => {
    const random = seeded(seed);
    const expected = await finished(page);
    for (let round = 0; round < rounds; round++) {
      const faults = (Object.keys(interfaces) as (keyof typeof interfaces)[]).flatMap((name) => {
        const fault = (["deleted", "throwing", "silent"] as const)[random.below(3)];
        return fault && random.uniform() < 0.4 ? [{ name, fault }] : [];
      });
      const about = `seed ${seed}, round ${round}: ${JSON.stringify(faults)}`;
      const context = await browser.newContext({
        ...(baseURL !== undefined && { baseURL }),
        serviceWorkers: "block",
      });
      await answerProbes(context);
      await spoil(context, faults.map(({ name, fault }) => spoiling(name, fault)).join("\n"));
      const broken = await context.newPage();
      const errors = uncaught(broken);
      const report = await test.step(about, () => finished(broken));
      expect(report, about).toEqual(expected);
      expect(errors, about).toEqual([]);
      await context.close();
    }
  },
);

test("a database damaged at random changes no number", { tag: "@nightly" }, async ({ page }) => {
  const random = seeded(seed);
  const errors = uncaught(page);
  const expected = await finished(page);
  for (let round = 0; round < rounds; round++) {
    await openBlank(page);
    await mutateDatabase(
      page,
      Array.from({ length: 200 }, () => random.uniform()),
    );
    const about = `seed ${seed}, round ${round}`;
    const report = await test.step(about, () => finished(page));
    expect(report, about).toEqual(expected);
    expect(errors, about).toEqual([]);
  }
});
