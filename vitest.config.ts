import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { configDefaults, defineConfig } from "vitest/config";
import { findBrowser } from "./scripts/setup/browser.mjs";

// Which project a test belongs to is in its file's name.
const fast = "tests/unit/**/*.test.ts";
const slow = "tests/unit/**/*.slow.test.ts";
const nightly = "tests/unit/**/*.nightly.test.ts";
const browser = "tests/unit/**/*.browser.test.tsx";

const executablePath = findBrowser();

export default defineConfig({
  test: {
    // Some tests train small networks; two files at a time leave each a core on a small machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        // In `npm run check`. Files share a thread's modules, since loading tfjs takes longer than
        // most of the tests.
        extends: true,
        test: {
          name: "fast",
          include: [fast],
          exclude: [...configDefaults.exclude, slow, nightly],
          isolate: false,
        },
      },
      {
        // In `npm test`.
        extends: true,
        test: { name: "slow", include: [slow], testTimeout: 240_000 },
      },
      {
        // In `npm run test:nightly`.
        extends: true,
        test: { name: "nightly", include: [nightly], testTimeout: 900_000 },
      },
      {
        // Components, in `npm test`: they need a browser, but neither the built page nor a run.
        extends: true,
        plugins: [react()],
        test: {
          name: "browser",
          include: [browser],
          // As for page tests: a busy machine delays a real browser. What needs it is reported.
          retry: 1,
          expect: { poll: { timeout: 20_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                // The browser of a container often runs as root, where its sandbox cannot.
                args: ["--no-sandbox"],
                ...(executablePath ? { executablePath } : { channel: "chromium" }),
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
