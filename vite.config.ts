import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { contentSecurityPolicy, openingFigure } from "./scripts/build/page.mjs";
import { port } from "./scripts/setup/port.mjs";

export default defineConfig({
  plugins: [
    react(),
    openingFigure(new URL("./", import.meta.url)),
    VitePWA({
      // A newer version waits until the visitor opens it (src/lab/app/offline.ts).
      registerType: "prompt",
      injectRegister: false,
      workbox: {
        // The page, and what is recorded. Weights and images are kept in IndexedDB, with their
        // hashes.
        globPatterns: [
          "**/*.{html,js,css,wasm,svg,woff,woff2}",
          "*/manifest.json",
          "recorded/*.json",
        ],
        maximumFileSizeToCacheInBytes: 4_000_000,
      },
      manifest: {
        name: "Stitch Lab",
        short_name: "Stitch Lab",
        description: "A laboratory for model stitching that computes on your own machine.",
        start_url: ".",
        display: "standalone",
        background_color: "#f6f7f8",
        theme_color: "#0f766e",
        icons: [{ src: "favicon.svg", sizes: "any", type: "image/svg+xml" }],
      },
    }),
    contentSecurityPolicy(),
  ],
  // Relative, so that the built page works under any path of a static host.
  base: "./",
  build: {
    target: "es2023",
    sourcemap: false,
    // tfjs alone is larger than Vite's warning limit; only workers load it.
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: {
      // jspdf asks for them to draw HTML, which no figure has.
      external: ["canvg", "dompurify", "html2canvas"],
      output: {
        // What the first screen needs is one file, which compresses better than the pieces it
        // shares with others.
        codeSplitting: { groups: [{ name: "page", tags: ["$initial"] }] },
      },
    },
  },
  worker: { format: "es" },
  preview: { port, strictPort: true },
});
