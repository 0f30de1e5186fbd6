/**
 * The import table. Imports run one way: core ← experiment ← engine ← storage, node, lab, cli.
 *
 *     npm run imports
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or need a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-folder-cycles",
      comment:
        "Folders import each other one way: what two need of each other belongs in one of them.",
      severity: "error",
      scope: "folder",
      from: { path: "^src/(core|experiment)(/|$)" },
      to: { circular: true },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },

    // Our own folders, from the inside out.
    {
      name: "core-is-alone",
      comment: "The mathematics imports nothing else of ours.",
      severity: "error",
      from: { path: "^src/core/" },
      to: { path: "^(src|bench|scripts|tests)/", pathNot: "^src/core/" },
    },
    {
      name: "experiment-uses-core",
      severity: "error",
      from: { path: "^src/experiment/" },
      to: { path: "^(src|bench|scripts|tests)/", pathNot: "^src/(core|experiment)/" },
    },
    {
      name: "engine-uses-core-and-experiment",
      comment: "What the engine needs of storage it states as an interface of its own.",
      severity: "error",
      from: { path: "^src/engine/" },
      to: { path: "^(src|bench|scripts|tests)/", pathNot: "^src/(core|experiment|engine)/" },
    },
    {
      name: "storage-serves-engine",
      severity: "error",
      from: { path: "^src/storage/" },
      to: {
        path: "^(src|bench|scripts|tests)/",
        pathNot: "^src/(engine|experiment|storage)/|^src/core/(errors|schema|weights/hash)\\.ts$",
      },
    },
    {
      name: "lab-stays-on-the-page",
      severity: "error",
      from: { path: "^src/lab/" },
      to: { path: "^src/(node|cli)/|^(bench|scripts|tests)/" },
    },
    {
      name: "no-folder-cycles",
      comment: "Folders import each other one way.",
      severity: "error",
      scope: "folder",
      from: { path: "^src/(lab|engine|storage|experiment)/" },
      to: { circular: true },
    },
    {
      name: "node-runs-the-engine",
      comment:
        "What the engine needs in Node: threads, files, a store on disk. No text for people.",
      severity: "error",
      from: { path: "^src/node/" },
      to: { path: "^src/(lab|cli)/|^(bench|scripts|tests)/" },
    },
    {
      name: "cli-stays-in-the-terminal",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/lab/|^(bench|scripts|tests)/" },
    },

    // One door for each big dependency.
    {
      name: "zod-through-core-schema",
      severity: "error",
      from: { path: "^(src|bench|scripts|tests)/", pathNot: "^src/core/schema\\.ts$" },
      to: { path: "node_modules/zod/" },
    },
    {
      name: "tfjs-through-core-tensor",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/core/tensor/" },
      // A wasm file is an address to fetch from, which page and command line each have their own way to.
      to: { path: "(^|/)@tensorflow/", pathNot: "\\.wasm$" },
    },
    {
      name: "idb-through-storage",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/storage/" },
      to: { path: "(^|node_modules/)idb(/|$)" },
    },
    {
      name: "recharts-through-lab-charts",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/lab/inspector/charts/" },
      to: { path: "(^|node_modules/)recharts(/|$)" },
    },
    {
      name: "jspdf-through-chart-pdf",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/lab/share/charts/chart-pdf\\.ts$" },
      to: { path: "(^|node_modules/)(jspdf|svg2pdf\\.js)(/|$)" },
    },
    {
      name: "react-in-lab",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/lab/" },
      to: { path: "(^|node_modules/)react(-dom)?(/|$)" },
    },
    {
      name: "node-in-node-and-cli",
      comment: "Everything else also runs in a browser.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(node|cli)/" },
      to: { dependencyTypes: ["core"] },
    },

    // Not reached at all, however many files lie between, and not even for its types.
    {
      name: "experiment-without-tfjs",
      comment: "The spec, the plan and the report need no mathematics.",
      severity: "error",
      from: { path: "^src/experiment/" },
      to: { path: "(^|/)@tensorflow/|^src/core/tensor/", reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Type imports count for who may know whom, as all others do.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
