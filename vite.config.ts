import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Relative, so that the built page works under any path of a static host.
  base: "./",
  build: {
    target: "es2023",
    sourcemap: false,
    // tfjs alone is larger than Vite's warning limit; only workers load it.
    chunkSizeWarningLimit: 4_000,
  },
  worker: { format: "es" },
  preview: { port: 4173, strictPort: true },
});
