/** Results that come with a link. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { writeAddress } from "../../../src/experiment/address/address";
import { defaultSpec, withOtherCurves } from "../../../src/experiment/spec";
import { curveReport, report, siteResult } from "./fakes";
import { mountPage, textsOf } from "./mounted-page";

const missing = `sha256:${"0af9".repeat(16)}`;
const rest = "protocol=glance&backend=wasm";

test("a link of somebody’s own network shows its results, and asks for the file", async () => {
  await mountPage(
    `#v=3&bottom=${missing}&top=myrtle-w16-s0&${rest}&also=myrtle-w16-random;${missing},${missing}` +
      "&digest=2:115.12.987,-30.4.12,x,9.3.x;2000.30.5,1.1.1,1.1.1,1.1.1;3.3.3,4.4.4",
  );
  const authors = page.getByRole("region", { name: "The author’s results and yours" });
  await expect.element(authors.getByText("+20.0")).toBeVisible();
  // Of a top that is not here the number of layers is the link's.
  await expect.element(authors.getByRole("rowheader", { name: "layer 1" })).toBeVisible();
  await expect
    .element(authors.getBySelector(".plot-dots").first())
    .toHaveAttribute("d", expect.stringMatching(/h0/));
  const asks = page.getByRole("region", { name: "This link needs a file" });
  await expect.element(asks).toBeVisible();
  // The charts and the numbers come first.
  const results = page.getByRole("region", { name: "The author’s results", exact: true });
  for (const part of [results, page.getBySelector(".plot-penalty").first()]) {
    await expect.element(part).toBeVisible();
    const order = part.element().compareDocumentPosition(asks.element());
    expect(order & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  }
});

test("where nothing is computed the link’s results are in the charts, and say whose they are", async () => {
  const { engine } = await mountPage(
    `#v=3&bottom=myrtle-w16-s1&top=myrtle-w16-s0&${rest}&digest=2:115.12.987,-30.4.12,x,9.3.x`,
  );
  const results = page.getByRole("region", { name: "The author’s results", exact: true });
  await expect.element(results).toBeVisible();
  await expect.element(results.getByRole("table").first()).toHaveTextContent("0.987");
  expect(engine.runs).toEqual([]);
});

test("all of the author’s curves are next to the visitor’s, hollow, and no dot is cut off", async () => {
  const spec = withOtherCurves(defaultSpec("myrtle-w16-s0", "myrtle-w16-s1", "glance"), [
    { ...defaultSpec("myrtle-w16-s1", "myrtle-w16-s0", "glance").curves[0] },
    { ...defaultSpec("myrtle-w16-s0", "myrtle-w16-random", "glance").curves[0] },
  ]);
  const digest =
    "&digest=2:115.12.987,30.4.12,40.5.500,9.3.5;20.2.5,300.1.1,10.1.1,10.1.1;7000.3.3,8000.4.4,8000.4.4,8000.4.4";
  await mountPage(writeAddress({ spec, backend: "wasm" }) + digest, (engine) => {
    engine.onRestore = ({ events }) => {
      const sites = [0, 1, 2, 3].map((site) => siteResult(site));
      const [first, ...rest] = spec.curves;
      events.send({
        type: "finished",
        report: {
          ...report(spec, sites),
          curves: [curveReport(first, sites), ...rest.map((curve) => curveReport(curve, sites))],
        },
      });
      events.end();
    };
  });
  const chart = page.getByRole("figure", { name: /the author’s next to yours/ });
  await expect.element(chart).toBeVisible();
  const names = (): string[] =>
    textsOf(chart.getBySelector(".plot-label-name")).filter((name) => name.endsWith("author’s"));
  await expect.poll(names).toHaveLength(3);
  const dots = chart.getBySelector(".plot-curve").elements();
  // Three from here and three of the author's, which alone are hollow.
  expect(dots).toHaveLength(6);
  expect(chart.getBySelector(".plot-hollow").elements()).toHaveLength(3);
  for (const plot of chart.getBySelector(".plot-inner").elements()) {
    for (const path of plot.querySelectorAll(".plot-curve .plot-dots")) {
      const heights = [...(path.getAttribute("d") ?? "").matchAll(/M\S+ (\S+)h0/g)].map(([, y]) =>
        Number(y),
      );
      expect(heights.length).toBeGreaterThan(0);
      // Dots of eight pixels.
      const room = 400 / plot.clientHeight;
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(room);
      expect(Math.max(...heights)).toBeLessThanOrEqual(100 - room);
    }
  }
});

test("a shared link has the visitor’s results unless they leave them out", async () => {
  const spec = { ...defaultSpec("myrtle-w16-s0", "myrtle-w16-s1", "glance"), sites: [2] };
  await mountPage(writeAddress({ spec, backend: "wasm" }), (engine) => {
    engine.onRestore = ({ events }) => {
      events.send({ type: "finished", report: report(spec, [siteResult(2)]) });
      events.end();
    };
  });
  await expect.element(page.getByRole("table").first()).toBeVisible();
  await page.getByRole("button", { name: "Share" }).click();
  const link = page.getByRole("textbox", { name: "Link" });
  const value = (): string => (link.element() as HTMLInputElement).value;
  await expect.poll(value).toMatch(/&digest=2:500\.100\.800$/);
  await page.getByLabelText("Include my results").click();
  await expect.poll(value).not.toContain("digest");
});
