/** What the built page says besides what index.html has. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { runnerImport } from "vite";

/** The opening figure is not what an address asks for, nor a view of the page: it is hidden before it is painted. */
const hideOpening = `if (location.hash.length + location.search.length > 1) document.documentElement.classList.add("addressed");`;

/**
 * Nothing from elsewhere, nothing sent anywhere, no script or style but the page's own files and the line above. Styles
 * that React and the charts set on elements go through the CSSOM, which this does not touch.
 */
const policy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash("sha256").update(hideOpening).digest("base64")}'`,
  "worker-src 'self'",
  "style-src 'self'",
  // Charts and pictures are drawn, saved and shown from memory.
  "img-src 'self' data: blob:",
  "connect-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * The development server needs inline scripts, so that only the built page has it.
 *
 * @returns {import("vite").Plugin}
 */
export function contentSecurityPolicy() {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: policy },
        injectTo: "head-prepend",
      },
    ],
  };
}

/**
 * Writes the opening figure into the page, so that it is painted before any script has arrived, and asks early for what
 * a first visit needs after the scripts.
 *
 * @param {URL} root of the repository
 * @returns {import("vite").Plugin}
 */
export function openingFigure(root) {
  return {
    name: "opening-figure",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      async handler(html, { bundle }) {
        const sketches = await readFile(new URL("public/recorded/sketches.json", root), "utf8");
        /** @type {{ module: typeof import("../../src/lab/prerender") }} */
        const { module } = await runnerImport(new URL("src/lab/prerender.tsx", root).pathname);
        const figure = module.openingHtml(JSON.parse(sketches));
        const charts = chartScripts(bundle ?? {}).filter((fileName) => !html.includes(fileName));
        return {
          html: html.replace('<div id="root"></div>', `<div id="root">${figure}</div>`),
          tags: [
            { tag: "script", children: hideOpening, injectTo: "head-prepend" },
            ...charts.map((fileName) => ({
              tag: "link",
              attrs: { rel: "modulepreload", crossorigin: true, href: `./${fileName}` },
              injectTo: /** @type {const} */ ("head"),
            })),
            ...module.openingFiles.map((path) => ({
              tag: "link",
              attrs: { rel: "preload", as: "fetch", crossorigin: true, href: `./${path}` },
              injectTo: /** @type {const} */ ("head"),
            })),
          ],
        };
      },
    },
  };
}

/**
 * The charts' script and those that it imports, which a browser would only ask for once it has read the first.
 *
 * @param {import("vite").Rolldown.OutputBundle} bundle
 * @returns {string[]} file names
 */
function chartScripts(bundle) {
  const names = Object.keys(bundle).filter((name) => /(^|\/)charts-[^/]*\.js$/.test(name));
  for (const name of names) {
    const file = bundle[name];
    if (file?.type !== "chunk") continue;
    names.push(...file.imports.filter((needed) => !names.includes(needed)));
  }
  return names;
}
