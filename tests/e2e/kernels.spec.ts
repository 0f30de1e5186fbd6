/**
 * Our own kernels beside tfjs's operators on plain JavaScript, on the backends that only a browser
 * has.
 */
import { expect, test } from "@playwright/test";
import { build } from "vite";

/** tests/kernels/page.ts as one script. */
async function bundled(): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: "error",
    build: {
      write: false,
      lib: { entry: "tests/kernels/page.ts", formats: ["es"], fileName: "page" },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const result of outputs) {
    if (!("output" in result)) continue;
    for (const chunk of result.output) if (chunk.type === "chunk") return chunk.code;
  }
  throw new Error("vite built no script");
}

// The page's own policy refuses inline scripts; what is tested here is not the page.
test.use({ bypassCSP: true });

for (const { backend, tag } of [
  { backend: "webgl", tag: [] },
  // Every kernel is compiled for it, which takes a processor that plays the graphics card long.
  { backend: "webgpu", tag: "@nightly" },
]) {
  test(
    `on ${backend} our kernels agree with tfjs's operators on plain JavaScript`,
    {
      tag,
    },
    async ({ page }) => {
      test.setTimeout(900_000);
      await page.goto(`/#kernels=${backend}`);
      // The page's own workers have no part in it: the script runs beside them.
      await page.addScriptTag({ type: "module", content: await bundled() });
      // A module runs after it is added.
      await page.waitForFunction(() => "kernelDisagreements" in window);
      const found = await page.evaluate((name) => window.kernelDisagreements(name), backend);
      expect(found).toEqual([]);
    },
  );
}
