/** A graphics device that is lost in the middle of a run: training goes on from its checkpoint. */
import { expect, test, type Browser, type Page } from "@playwright/test";
import type { Report } from "../../src/experiment/report";
import { activity, downloadReport } from "./lab-page";

declare global {
  interface Window {
    device?: {
      /** Step of training that was kept when the graphics device was lost. */
      lostAfter?: number;
      /** Steps that orders to train have begun at. */
      readonly trainedFrom: number[];
    };
  }
}

// WebGPU takes the processor that plays the graphics card longer, and is lost in much the same way.
for (const { backend, tag } of [
  { backend: "webgpu", tag: ["@nightly"] },
  { backend: "webgl", tag: [] },
] satisfies { backend: "webgpu" | "webgl"; tag: string[] }[]) {
  test(
    `${backend}: a graphics device lost during training is reopened, and training resumes from its checkpoint to the CPU's numbers`,
    {
      tag,
    },
    async ({ browser }) => {
      test.setTimeout(900_000);
      const [expected, found] = await Promise.all(
        (["wasm", backend] as const).map((each) => tinyReport(browser, each)),
      );
      const theirs = expected?.curves[0].sites[0];
      const ours = found?.curves[0].sites[0];
      expect(found?.backend).toBe(backend);
      expect(ours?.cka).toBeCloseTo(theirs?.cka ?? NaN, 4);
      expect(ours?.leastSquaresR2).toBeCloseTo(theirs?.leastSquaresR2 ?? NaN, 4);
      expect(ours?.steps).toBe(tinySteps);
      expect(ours?.finalTrainLoss).toBeCloseTo(theirs?.finalTrainLoss ?? NaN, 3);
      // Rounding may turn an image that lies on a decision's edge: one of the 64.
      expect(Math.abs((ours?.testError ?? NaN) - (theirs?.testError ?? NaN))).toBeLessThan(
        1.5 / 64,
      );
    },
  );
}

/**
 * One an epoch; one batch is all there is to train on. Checkpoints are 3 s of work apart, and on a
 * fast processor the first one lies several steps in.
 */
const tinySteps = 12;

/**
 * A run of the tiny networks at their last tap; on a GPU, the device is lost after training's first
 * checkpoint.
 */
async function tinyReport(browser: Browser, backend: "wasm" | "webgpu" | "webgl"): Promise<Report> {
  const onGpu = backend !== "wasm";
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.route("**/zoo/*", async (route) => {
      const file = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
      await route.fulfill({ path: `tests/fixtures/tiny/${file}` });
    });
    await page.route("**/assets/worker-*.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${preludes[backend]}\n${await response.text()}` });
    });
    if (onGpu) await loseDeviceOnce(page);
    const hash = `#v=1&bottom=tiny-b&top=tiny-a&protocol=paper&taps=4&train=128&test=64&epochs=${tinySteps}`;
    await page.goto(`/${hash}&backend=${backend}`);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    if (onGpu) {
      await expect(activity(page)).toContainText("A worker was lost", { timeout: 600_000 });
    }
    const report = page.getByRole("button", { name: "Download report" });
    await expect(report).toBeVisible({ timeout: 800_000 });
    if (onGpu) {
      const { lostAfter = NaN, trainedFrom } = await page.evaluate(
        () => window.device ?? { trainedFrom: [] },
      );
      expect(lostAfter).toBeGreaterThan(0);
      expect(lostAfter).toBeLessThan(tinySteps);
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

/**
 * To probe what is not asked for takes the processor that plays the graphics card half a minute.
 */
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

const preludes = {
  wasm: withoutWebgl + withoutGpu,
  webgpu: withoutWebgl + keepDevice,
  webgl: withoutGpu + keepContexts,
};
