/** The page’s style sheets use one scale of sizes, one grid of distances and one small font. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = "src/lab";
const tokens = "src/lab/ui/tokens.css";
const slides = "src/lab/present/present.css";

const sheets = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".css"))
  .map((name) => join(folder, name));

interface Declaration {
  readonly property: string;
  readonly value: string;
}

function declarations(sheet: string): readonly Declaration[] {
  const text = readFileSync(sheet, "utf8").replaceAll(/\/\*[^]*?\*\//g, "");
  return [...text.matchAll(/(?<=[;{]\s*)([\w-]+):\s*([^;{}]+);/g)].map(
    ([, property = "", value = ""]) => ({ property, value: value.replaceAll(/\s+/g, " ") }),
  );
}

/** Declarations that a rule refuses, with their sheet. */
function refused(accepts: (declaration: Declaration, sheet: string) => boolean): string[] {
  return sheets.flatMap((sheet) =>
    declarations(sheet)
      .filter((declaration) => !accepts(declaration, sheet))
      .map(({ property, value }) => `${sheet}: ${property}: ${value}`),
  );
}

function valuesOf(sheet: string, name: RegExp): ReadonlyMap<string, string> {
  return new Map(
    declarations(sheet)
      .filter(({ property }) => name.test(property))
      .map(({ property, value }) => [property, value]),
  );
}

const sizes = valuesOf(tokens, /^--text-/);
const steps = valuesOf(tokens, /^--space-/);

test("there are at most 8 sizes of text, none below 12 px", () => {
  expect(sizes.size).toBeGreaterThan(4);
  expect(sizes.size).toBeLessThanOrEqual(8);
  for (const [name, value] of sizes) {
    if (name === "--text-code") expect(value).toBe("0.92em");
    else expect(16 * Number(/^([\d.]+)rem$/.exec(value)?.[1]), name).toBeGreaterThanOrEqual(12);
  }
});

test("slides have the same sizes in units of the window, none below 12 px", () => {
  const own = valuesOf(slides, /^--text-/);
  expect([...own.keys()].filter((name) => !sizes.has(name))).toEqual([]);
  for (const [name, value] of own) expect(value, name).toMatch(/^(1rem|max\(1[2-6]px, .*\))$/);
});

test("text has no size but these", () => {
  const size = /^var\((--text-[a-z]+)\)$/;
  const found = refused(({ property, value }, sheet) => {
    if (property === "font") return value === "inherit" || value.startsWith("var(--text-body) /");
    if (property !== "font-size" || value === "inherit") return true;
    // The unit of a slide's sizes.
    if (sheet === slides && value.startsWith("clamp(")) return true;
    return sizes.has(size.exec(value)?.[1] ?? "");
  });
  expect(found).toEqual([]);
});

test("distances are on a grid of 4 px", () => {
  for (const [name, value] of steps) {
    expect(value).toBe(`${4 * Number(name.slice("--space-".length))}px`);
  }
  const step = /^-?(0|auto|[12]px|var\(--space-\d+\))$/;
  // A slide's are shares of the window; the page makes room for the drawer and for a phone's bar.
  const special = /^(var\(--(slide-edge|slide-below|drawer-width|phone-bar)\)|env\(.*\))$/;
  const found = refused(({ property, value }) => {
    if (!/^(row-|column-)?gap$|^(padding|margin)(-|$)/.test(property)) return true;
    const parts = value
      .replaceAll(/calc\(-1 \* (var\(--space-\d+\))\)/g, "-$1")
      .replaceAll(/max\(([^,]+), (env\([^)]+\))\)/g, "$1 $2")
      .split(" ");
    return parts.every(
      (part) =>
        special.test(part) ||
        (step.test(part) &&
          (!part.includes("var(") || steps.has(part.replace(/^-?var\(|\)$/g, "")))),
    );
  });
  expect(found).toEqual([]);
});

test("the page has one font file, of at most 60 kB", () => {
  const files = sheets.flatMap((sheet) =>
    [...readFileSync(sheet, "utf8").matchAll(/url\("([^"]+)"\)/g)].map(([, file = ""]) => file),
  );
  const [font = "", ...more] = files.filter((file) => /\.(woff2?|ttf|otf)$/.test(file));
  expect(more).toEqual([]);
  expect(statSync(createRequire(import.meta.url).resolve(font)).size).toBeLessThanOrEqual(60_000);
});
