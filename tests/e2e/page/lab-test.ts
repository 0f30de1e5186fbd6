/** Playwright's `test`, on pages that know at once what they can compute on. */
import { test as base, type BrowserContext } from "@playwright/test";
import type { ProbeResult } from "../../../src/engine/probe-result";
import type { BackendName } from "../../../src/experiment/report";
import { withOneWorker } from "./lab-page";

/**
 * A machine without a graphics card. To find that out, every page would start four workers and load
 * tfjs into each, which takes longer than most tests; what the probes find is tested in
 * first-visit.spec.ts and backends.spec.ts.
 */
const probes: Readonly<Record<BackendName, ProbeResult>> = {
  webgpu: absent("webgpu"),
  webgl: absent("webgl"),
  wasm: { ...absent("wasm"), usable: true, elapsedMs: 50, relativeDifference: 0, reason: "works" },
  cpu: { ...absent("cpu"), usable: true, relativeDifference: 0, reason: "works" },
};

function absent(backend: BackendName): ProbeResult {
  const unmeasured = { adapter: null, software: false, elapsedMs: null, relativeDifference: null };
  return { ...unmeasured, backend, usable: false, reason: "no adapter" };
}

/** Answers probes in place of workers, which are started for everything else. */
export async function answerProbes(context: BrowserContext): Promise<void> {
  await context.addInitScript((probes) => {
    const RealWorker = window.Worker;
    class LazyWorker extends EventTarget {
      private real: Worker | undefined;
      private readonly started: ConstructorParameters<typeof Worker>;

      constructor(...started: ConstructorParameters<typeof Worker>) {
        super();
        this.started = started;
      }

      postMessage(message: { readonly type: string; readonly backend: BackendName }): void {
        if (message.type === "probe") {
          const data = { type: "probed", probe: probes[message.backend] };
          setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data })));
          return;
        }
        this.real ??= this.start();
        this.real.postMessage(message);
      }

      terminate(): void {
        this.real?.terminate();
      }

      private start(): Worker {
        const real = new RealWorker(...this.started);
        real.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
          this.dispatchEvent(new MessageEvent("message", { data }));
        });
        real.addEventListener("error", ({ message }) => {
          this.dispatchEvent(new ErrorEvent("error", { message }));
        });
        return real;
      }
    }
    // Other scripts than the engine's are none of ours.
    const isEngine = (script: string | URL): boolean => /\/worker-[^/]*\.js$/.test(String(script));
    window.Worker = new Proxy(RealWorker, {
      construct: (_, started: ConstructorParameters<typeof Worker>) =>
        isEngine(started[0]) ? new LazyWorker(...started) : new RealWorker(...started),
    });
  }, probes);
}

export const test = base.extend<{ oneWorker: boolean }>({
  // Two tests run at a time: one worker each keeps both cores of a small machine busy.
  oneWorker: [true, { option: true }],
  context: async ({ context, oneWorker }, use) => {
    await answerProbes(context);
    if (oneWorker) await withOneWorker(context);
    await use(context);
  },
});
