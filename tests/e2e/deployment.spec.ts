/**
 * The page with the headers that the deployment notes recommend, on every file. It needs the built
 * page and a run, since workers obey the headers of their own scripts.
 */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { brief, changeHash, open, run, untilFinished, untilLive } from "./page/lab-page";
import { test } from "./page/lab-test";

/** What docs/deployment.md says. */
async function recommendedHeaders(): Promise<Record<string, string>> {
  const notes = await readFile("docs/deployment.md", "utf8");
  const [, block = ""] = /```http\n(.*?)```/s.exec(notes) ?? [];
  return Object.fromEntries(
    block
      .trim()
      .split("\n")
      .map((line) => /^(\S+): (.*)$/.exec(line)?.slice(1) ?? [])
      .map(([name = "", value = ""]) => [name.toLowerCase(), value]),
  );
}

test("with the recommended headers on every file an experiment runs on wasm, and the policy refuses nothing", async ({
  page,
  context,
}) => {
  const headers = await recommendedHeaders();
  expect(headers["content-security-policy"]).toContain("'wasm-unsafe-eval'");
  const typed = new Map<string, string>();
  await context.route("**/*", async (route) => {
    const response = await route.fetch();
    const { pathname } = new URL(route.request().url());
    typed.set(/\.\w+$/.exec(pathname)?.[0] ?? pathname, response.headers()["content-type"] ?? "");
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
  });
  const refused: string[] = [];
  // Workers' violations are in the console, too.
  page.on("console", (message) => {
    if (/Content[- ]Security[- ]Policy/i.test(message.text())) refused.push(message.text());
  });
  await open(page, "");
  await untilLive(page);
  await changeHash(page, brief);
  await run(page);
  await untilFinished(page);
  await page
    .getByRole("button", { name: /^Inspect/ })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(refused).toEqual([]);
  expect(typed.get(".wasm")).toBe("application/wasm");
  expect(typed.get(".js")).toContain("text/javascript");
  await context.unrouteAll({ behavior: "ignoreErrors" });
});

test("a policy on every file that forbids wasm makes the wasm backend fail in words", async ({
  page,
  context,
}) => {
  const headers = await recommendedHeaders();
  const policy = headers["content-security-policy"]?.replace(" 'wasm-unsafe-eval'", "") ?? "";
  await context.route("**/*", async (route) => {
    const response = await route.fetch();
    const changed = { ...response.headers(), "content-security-policy": policy };
    await route.fulfill({ response, headers: changed });
  });
  await open(page, brief);
  await run(page);
  await expect(page.getByRole("alert").first()).toBeVisible({ timeout: 60_000 });
  await context.unrouteAll({ behavior: "ignoreErrors" });
});
