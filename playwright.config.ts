import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/setup/browser.mjs";
import { address, port } from "./scripts/setup/port.mjs";

const executablePath = findBrowser();

/** Tests of the built page, in a real Chromium. Build it first. */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/e2e",
  snapshotPathTemplate: "{testDir}/screenshots/{arg}{ext}",
  reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }]],
  workers: 2,
  // `npm test` names those that need the second try.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  // Two tests at a time, on a machine that may have other work.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  use: {
    baseURL: address,
    screenshot: "only-on-failure",
    // One test is about it; in the others nothing may lie between the page and the network.
    serviceWorkers: "block",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        // WebGPU on a processor, so that it can be tested without a GPU.
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
        "--enable-features=Vulkan",
        // The browser of a container often runs as root, where its sandbox cannot.
        "--no-sandbox",
        // Chromium's own traffic has no place in tests that cut the network.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    // Without a path: Playwright's whole Chromium and its new headless mode, not the old shell.
    ...(!executablePath && { channel: "chromium" }),
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: address,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
