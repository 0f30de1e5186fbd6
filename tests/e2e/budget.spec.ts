import { gzipSync } from "node:zlib";
import { expect, test, type Response } from "@playwright/test";
import { open, runButton, untilDrawn } from "./page/lab-page";

const mostKilobytes = 250;

test(`before a run the page loads at most ${mostKilobytes} kB of script, compressed`, async ({
  page,
}) => {
  const loaded: Response[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".js") && !pathname.includes("worker")) loaded.push(response);
  });
  await open(page, "");
  await untilDrawn(page);
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  // It comes after the first screen, and counts, too.
  await expect(page.locator(".verdict-button")).toBeVisible();
  const scripts = new Map<string, number>();
  for (const response of loaded) {
    const { byteLength } = gzipSync(await response.body(), { level: 9 });
    scripts.set(new URL(response.url()).pathname, byteLength / 1000);
  }
  const kilobytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  expect(scripts.size).toBeGreaterThan(1);
  expect(kilobytes, JSON.stringify([...scripts])).toBeLessThan(mostKilobytes);
});

test("no other origin is contacted, and the policy forbids it", async ({ page, baseURL }) => {
  const origins = new Set<string>();
  const refused: string[] = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http")) origins.add(origin);
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.push(message.text());
  });
  await open(page, "");
  await untilDrawn(page);
  await expect(runButton(page)).toBeEnabled({ timeout: 60_000 });
  expect(refused).toEqual([]);
  expect([...origins]).toEqual([new URL(baseURL ?? "").origin]);

  const answer = await page.evaluate(() =>
    fetch("https://example.com/").then(
      () => "answered",
      () => "refused",
    ),
  );
  expect(answer).toBe("refused");
  expect(refused.join()).toContain("connect-src");
});
