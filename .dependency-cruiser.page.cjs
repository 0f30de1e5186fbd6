/**
 * What the page loads. Only the worker loads tfjs, so that the page's own script stays small.
 *
 * Apart from the import table because here type imports, which load nothing, must not count.
 *
 *     npm run imports
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: "page-without-tfjs",
      severity: "error",
      from: { path: "^src/lab/", pathNot: "^src/lab/engine/worker\\.ts$" },
      to: { path: "(^|/)@tensorflow/|^src/core/tensor/", reachable: true },
    },
  ],
  options: {
    ...require("./.dependency-cruiser.cjs").options,
    tsPreCompilationDeps: false,
  },
};
