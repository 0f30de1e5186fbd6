/** Changes to the engine's worker that its own script cannot make. */
import type { BrowserContext, Page } from "@playwright/test";

/** Runs JavaScript in each worker of the engine before its own script. */
export async function prependToWorkers(
  target: BrowserContext | Page,
  prelude: string,
): Promise<void> {
  await target.route("**/assets/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${prelude}\n${await response.text()}` });
  });
}

/**
 * A worker's clock that runs ten times as fast: a checkpoint, due after three seconds of work, is
 * kept after 0.3, and a test of what happens after one need not run for longer.
 */
export const fastClock = `
const realNow = performance.now.bind(performance);
performance.now = () => 10 * realNow();
`;
