/**
 * Every backend that this Chromium has, through the built page's own engine: they compute the same
 * results, and training survives the loss of a graphics device.
 */
import { expect, test, type Browser, type Page } from "@playwright/test";
import type { BackendName, Report } from "../../src/experiment/report";
import { activity, downloadReport } from "./page/lab-page";
import { fastClock, prependToWorkers } from "./page/worker-script";

declare global {
  interface Window {
    device?: {
      /** Step of training that was kept when the graphics device was lost. */
      lostAfter?: number;
      /** Steps at which tasks have begun to train. */
      readonly trainedFrom: number[];
    };
  }
}

/** A pair of each kind of network, among the tiny ones of the fixtures. */
const pairs = [
  { kind: "a ResNet", pair: "bottom=tiny-b&top=tiny-a&sites=4" },
  { kind: "a Vision Transformer", pair: "bottom=tiny-vit-b&top=tiny-vit-a&sites=1" },
];

// Plain JavaScript is the witness: it has no kernels of its own to be wrong in.
for (const { kind, pair } of pairs) {
  for (const backend of ["wasm", "webgl", "webgpu"] as const) {
    // A processor that emulates a graphics card takes half a minute for each: one is enough by day.
    const tag = kind === "a ResNet" && backend === "webgpu" ? [] : "@nightly";
    test(
      `${backend} gives the same results as plain JavaScript on ${kind}`,
      { tag },
      async ({ browser }) => {
        test.setTimeout(900_000);
        const [expected, found] = await Promise.all(
          (["cpu", backend] as const).map((name) => tinyRun(browser, name, { pair, epochs: 1 })),
        );
        expectSameResults(found, expected, { backend, steps: 1 });
      },
    );
  }
}

// Slow on an emulated graphics card. By day faults.spec.ts tests a lost worker, and the engine's tests
// a worker that reports a lost device.
for (const backend of ["webgpu", "webgl"] as const) {
  test(
    `${backend}: when the graphics device is lost in mid-training, training resumes from its checkpoint and ends at the CPU's numbers`,
    { tag: "@nightly" },
    async ({ browser }) => {
      test.setTimeout(900_000);
      const experiment = { pair: "bottom=tiny-b&top=tiny-a&sites=4", epochs: 4 };
      const [expected, found] = await Promise.all([
        tinyRun(browser, "wasm", experiment),
        tinyRun(browser, backend, experiment, { losesDevice: true }),
      ]);
      expectSameResults(found, expected, { backend, steps: 4 });
    },
  );
}

/** The same but for rounding, which accumulates in another order on each backend. */
function expectSameResults(
  found: Report | undefined,
  expected: Report | undefined,
  { backend, steps }: { readonly backend: BackendName; readonly steps: number },
): void {
  const theirs = expected?.curves[0].sites[0];
  const ours = found?.curves[0].sites[0];
  expect(found?.backend).toBe(backend);
  expect(ours?.steps).toBe(steps);
  expect(ours?.cka).toBeCloseTo(theirs?.cka ?? NaN, 4);
  expect(ours?.leastSquaresR2).toBeCloseTo(theirs?.leastSquaresR2 ?? NaN, 4);
  expect(ours?.finalTrainLoss).toBeCloseTo(theirs?.finalTrainLoss ?? NaN, 3);
  // Rounding may turn an image that lies on a decision's edge: one of the 64.
  expect(Math.abs((ours?.testError ?? NaN) - (theirs?.testError ?? NaN))).toBeLessThan(1.5 / 64);
}

/**
 * The report of a run of two tiny networks, one step of training an epoch, in a browser of its own.
 * A graphics device that is to be lost is lost after training's first checkpoint.
 */
async function tinyRun(
  browser: Browser,
  backend: BackendName,
  { pair, epochs }: { readonly pair: string; readonly epochs: number },
  { losesDevice }: { readonly losesDevice: boolean } = { losesDevice: false },
): Promise<Report> {
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.route("**/zoo/*", async (route) => {
      const file = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
      await route.fulfill({ path: `tests/fixtures/tiny/${file}` });
    });
    await prependToWorkers(page, preludes[backend] + fastClock);
    if (losesDevice) await loseDeviceOnce(page);
    const experiment = `${pair}&protocol=paper&train=128&test=64&epochs=${epochs}`;
    await page.goto(`/#v=3&${experiment}&backend=${backend}`);
    // A backend in the address that does not work here would be replaced by one that does.
    await expect(page.getByText("Part of the link could not be read")).toHaveCount(0);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    if (losesDevice) {
      await expect(activity(page)).toContainText("A worker was lost", { timeout: 600_000 });
    }
    const button = page.getByRole("button", { name: "Download report" });
    await expect(button).toBeVisible({ timeout: 800_000 });
    if (losesDevice) {
      const { lostAfter = NaN, trainedFrom } = await page.evaluate(
        () => window.device ?? { trainedFrom: [] },
      );
      expect(lostAfter).toBeGreaterThan(0);
      expect(lostAfter).toBeLessThan(epochs);
      expect(trainedFrom[0]).toBe(0);
      expect(trainedFrom[1]).toBeGreaterThanOrEqual(lostAfter);
    }
    return await downloadReport(page);
  } finally {
    // A backend may still be probed.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  }
}

/** The first worker that keeps a step of training on a GPU loses its device. */
async function loseDeviceOnce(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Message {
      readonly task?: { readonly type: string };
      readonly from?: Message["checkpoint"];
      readonly checkpoint?: { readonly training?: { readonly step: number } | null };
    }
    const device: NonNullable<Window["device"]> = { trainedFrom: [] };
    window.device = device;
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", ({ data }: MessageEvent<Message>) => {
          const step = data.checkpoint?.training?.step ?? 0;
          if (step === 0 || device.lostAfter !== undefined) return;
          device.lostAfter = step;
          this.postMessage("lose the device");
        });
      }
      override postMessage(message: Message | string): void {
        if (typeof message !== "string" && message.task?.type === "stitch") {
          device.trainedFrom.push(message.from?.training?.step ?? 0);
        }
        super.postMessage(message);
      }
    };
  });
}

// These run in a worker before its own script.

// Probing a backend that is not asked for takes an emulated graphics card half a minute.
const withoutWebgl = "delete self.OffscreenCanvas;\n";
const withoutGpu = "Object.defineProperty(navigator, 'gpu', { value: undefined });\n";

/** Its device can be destroyed. */
const keepDevice = `
const requestDevice = GPUAdapter.prototype.requestDevice;
let kept;
GPUAdapter.prototype.requestDevice = async function (...rest) {
  kept = await requestDevice.apply(this, rest);
  return kept;
};
addEventListener("message", (event) => {
  if (event.data !== "lose the device") return;
  event.stopImmediatePropagation();
  kept.destroy();
});
`;

/** Its contexts can be lost. */
const keepContexts = `
const getContext = OffscreenCanvas.prototype.getContext;
const kept = [];
OffscreenCanvas.prototype.getContext = function (...rest) {
  const context = getContext.apply(this, rest);
  if (context) kept.push(context);
  return context;
};
addEventListener("message", (event) => {
  if (event.data !== "lose the device") return;
  event.stopImmediatePropagation();
  for (const context of kept) {
    if (!context.isContextLost()) context.getExtension("WEBGL_lose_context").loseContext();
  }
});
`;

const preludes: Readonly<Record<BackendName, string>> = {
  cpu: withoutWebgl + withoutGpu,
  wasm: withoutWebgl + withoutGpu,
  webgpu: withoutWebgl + keepDevice,
  webgl: withoutGpu + keepContexts,
};
