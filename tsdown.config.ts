import { defineConfig } from "tsdown";

/**
 * Builds the package: `npm run package`. One module per source file, so that threads find their
 * worker by name.
 */
export default defineConfig({
  entry: {
    index: "src/index.ts",
    "core/index": "src/core/index.ts",
    "node/index": "src/node/index.ts",
    "node/worker": "src/node/worker.ts",
    "cli/main": "src/cli/main.ts",
  },
  outDir: "lib",
  format: "esm",
  platform: "node",
  target: "node20.19",
  unbundle: true,
  dts: { entry: ["src/index.ts", "src/core/index.ts", "src/node/index.ts"] },
  tsconfig: "tsconfig/package.json",
});
