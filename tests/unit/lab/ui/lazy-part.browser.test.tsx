/** What is shown where a part of the page fails to load, and how it recovers. */
import type { ReactNode } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { ErrorBoundary, LazyDetails, lazyPart } from "../../../../src/lab/ui/lazy-part";

let root: Root;
let element: HTMLElement;
beforeEach(() => {
  element = document.body.appendChild(document.createElement("div"));
  // What a boundary catches is not an error of the test.
  root = createRoot(element, { onCaughtError: () => undefined });
});
afterEach(() => {
  root.unmount();
  element.remove();
});

test("a part that fails to load says so, leaves the rest alone, and loads again on request", async () => {
  let fetches = 0;
  const Part = lazyPart("the library", () => {
    fetches++;
    return fetches === 1
      ? Promise.reject<{ default: () => ReactNode }>(new Error("connection lost"))
      : Promise.resolve({ default: () => <p>Past experiments</p> });
  });
  root.render(
    <>
      <h1>Stitch Lab</h1>
      <Part />
    </>,
  );
  const alert = page.getByRole("alert");
  await expect.element(alert).toHaveTextContent("Could not load the library.");
  await expect.element(alert).toHaveTextContent("connection lost");
  await expect.element(page.getByRole("heading", { name: "Stitch Lab" })).toBeVisible();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect.element(page.getByText("Past experiments")).toBeVisible();
  expect(fetches).toBe(2);
});

test("an error anywhere on the page is shown in its place, with a retry", async () => {
  let broken = true;
  function Page(): ReactNode {
    if (broken) throw new Error("no such layer");
    return <p>All well</p>;
  }
  root.render(<ErrorBoundary name="the page">{() => <Page />}</ErrorBoundary>);
  const alert = page.getByRole("alert");
  await expect.element(alert).toHaveTextContent("Could not load the page.");
  await expect.element(alert).toHaveTextContent("no such layer");
  broken = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect.element(page.getByText("All well")).toBeVisible();
});

test("a part that fails to load twice offers to reload the page, too", async () => {
  const Part = lazyPart("the library", () =>
    Promise.reject<{ default: () => ReactNode }>(new Error("connection lost")),
  );
  root.render(<Part />);
  const alert = page.getByRole("alert");
  await expect.element(alert).toBeVisible();
  const reload = alert.getByRole("button", { name: "Reload the page" });
  expect(reload.elements()).toEqual([]);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect.element(reload).toBeVisible();
});

test("details that are open before the script arrives have their content", async () => {
  const details = (
    <LazyDetails summary="Advanced">
      <p>Seed</p>
    </LazyDetails>
  );
  root.unmount();
  element.innerHTML = "<details open><summary>Advanced</summary></details>";
  root = hydrateRoot(element, details, { onRecoverableError: () => undefined });
  await expect.element(page.getByText("Seed")).toBeVisible();
});
