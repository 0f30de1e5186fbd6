/** Lighthouse's verdict on a page, by the published program. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as z from "../../src/core/schema";
import { findBrowser } from "../../scripts/setup/browser.mjs";

/** The last one that runs on Node 20. */
const version = "12.8.2";
const categories = ["performance", "accessibility", "best-practices"] as const;
export type Category = (typeof categories)[number];

const score = z.object({ score: z.number() });
const verdictSchema = z.object({
  lighthouseVersion: z.literal(version),
  categories: z.object({
    performance: score,
    accessibility: score,
    "best-practices": score,
  }),
});

/** @returns of 100 each @throws Error when it cannot be fetched or does not end */
export async function lighthouse(
  address: string,
  screen: "phone" | "desktop",
): Promise<Record<Category, number>> {
  const browser = findBrowser();
  const { stdout } = await promisify(execFile)(
    "npx",
    [
      "--yes",
      `lighthouse@${version}`,
      address,
      "--quiet",
      "--output=json",
      `--only-categories=${categories.join(",")}`,
      "--chrome-flags=--headless=new --no-sandbox",
      ...(screen === "desktop" ? ["--preset=desktop"] : []),
    ],
    {
      maxBuffer: 64e6,
      env: { ...process.env, ...(browser !== undefined && { CHROME_PATH: browser }) },
    },
  );
  const verdict = verdictSchema.parse(JSON.parse(stdout)).categories;
  const scores = categories.map((name) => [name, Math.round(100 * verdict[name].score)] as const);
  return Object.fromEntries(scores) as Record<Category, number>;
}
