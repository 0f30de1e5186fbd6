/** What the built page says besides what index.html has. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { runnerImport } from "vite";
import { firstScript } from "./first-script.mjs";

/**
 * Nothing from elsewhere, nothing sent anywhere, no script or style but the page's own files and
 * what the build itself wrote into the page. Styles that React and the charts set on elements go
 * through the CSSOM, which this does not touch.
 *
 * @param {string} html
 */
const policy = (html) =>
  [
    "default-src 'none'",
    `script-src 'self'${hashesOf(html, "script")}`,
    "worker-src 'self'",
    `style-src 'self'${hashesOf(html, "style")}`,
    // Charts and pictures are drawn, saved and shown from memory.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/**
 * Returns the hashes of everything in the page between these tags, as a policy lists them.
 *
 * @param {string} html
 * @param {"script" | "style"} tag
 */
function hashesOf(html, tag) {
  return [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))]
    .map(
      ([, text]) =>
        ` 'sha256-${createHash("sha256")
          .update(text ?? "")
          .digest("base64")}'`,
    )
    .join("");
}

const charset = '<meta charset="utf-8" />';

/**
 * The development server needs inline scripts, so that only the built page has it.
 *
 * @returns {import("vite").Plugin}
 */
export function contentSecurityPolicy() {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: {
      // After everything that writes into the page.
      order: "post",
      handler: (html) => ({
        html: html.replace(charset, ""),
        tags: [
          // A browser looks for the encoding in the first 1,024 bytes only.
          { tag: "meta", attrs: { charset: "utf-8" }, injectTo: "head-prepend" },
          {
            tag: "meta",
            attrs: { "http-equiv": "Content-Security-Policy", content: policy(html) },
            injectTo: "head-prepend",
          },
        ],
      }),
    },
  };
}

/**
 * Writes what a first visit sees and the styles into the page, so that it is painted before
 * anything else has arrived, and asks early for the files that it needs after the scripts.
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
        /** @type {{ module: typeof import("../../src/lab/app/prerender") }} */
        const { module } = await runnerImport(new URL("src/lab/app/prerender.tsx", root).pathname);
        const { zoo, recorded } = module.openingFiles;
        /** @param {string} path */
        const read = async (path) =>
          /** @type {unknown} */ (
            JSON.parse(await readFile(new URL(`public/${path}`, root), "utf8"))
          );
        const { figure, rules } = stylesAside(
          module.openingHtml(await read(zoo), await read(recorded)),
        );
        return {
          html: withStyles(html, bundle ?? {}, rules).replace(
            '<div id="root"></div>',
            () => `<div id="root">${figure}</div>`,
          ),
          tags: [
            { tag: "script", children: firstScript, injectTo: "head-prepend" },
            ...[zoo, recorded].map((path) => ({
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
 * The policy allows no style on an element, so that they become rules. What React sets later, it
 * sets on the element.
 *
 * @param {string} html
 */
function stylesAside(html) {
  /** @type {string[]} */
  const found = [];
  const figure = html.replaceAll(/ style="([^"]*)"/g, (_, /** @type {string} */ style) => {
    if (!found.includes(style)) found.push(style);
    return ` data-style="${found.indexOf(style)}"`;
  });
  const rules = found.map((style, at) => `#root [data-style="${at}"]{${style}}`).join("");
  return { figure, rules };
}

/**
 * The page with its style sheet inside, so that nothing is waited for before it is first painted.
 *
 * @param {string} html
 * @param {import("vite").Rolldown.OutputBundle} bundle
 * @param {string} rules besides those of the sheet
 */
function withStyles(html, bundle, rules) {
  const [link, fileName = ""] = /<link rel="stylesheet"[^>]* href="\.\/([^"]+)">/.exec(html) ?? [];
  const file = bundle[fileName];
  if (link === undefined || file?.type !== "asset") return html;
  // Its files are next to the sheet, not next to the page.
  const folder = fileName.replace(/[^/]*$/, "");
  const styles = String(file.source).trim().replaceAll("url(./", `url(./${folder}`);
  return html.replace(link, () => `<style>${styles}${rules}</style>`);
}
