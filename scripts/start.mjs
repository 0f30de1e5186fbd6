/**
 * From a fresh clone to the page.
 *
 *     npm start
 */
import { ensureBuilt } from "./setup/built.mjs";
import { ensureData } from "./setup/data.mjs";
import { ensureInstalled } from "./setup/installed.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { root } from "./setup/paths.mjs";
import { address, requireFreePort } from "./setup/port.mjs";
import { orExplain } from "./setup/step.mjs";

const steps = [ensureInstalled, ensureData, ensureBuilt, serve];

requireNode();
await orExplain(async () => {
  await requireFreePort();
  for (const [k, step] of steps.entries()) {
    /** @param {string} line */
    const say = (line) => {
      console.log(`[${String(k + 1)}/${String(steps.length)}] ${line}`);
    };
    await step({ say, ready: say, quiet: false });
  }
});

/** @param {import("./setup/step.mjs").Voice} voice */
async function serve({ ready }) {
  // Loaded late: it is there only once the packages are.
  const { preview } = await import("vite");
  await preview({ root });
  ready(`page: served at ${address}`);
  console.log(`\n  Stitch Lab is at ${address}\n  Ctrl+C stops it.\n`);
}
