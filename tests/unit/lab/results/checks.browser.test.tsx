/** “Can this be believed?”, on the page over a scripted engine: what is missing is run on request. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { writeAddress } from "../../../../src/experiment/address/address";
import { defaultSpec, type Spec } from "../../../../src/experiment/spec";
import { report, siteResult } from "../fakes";
import { mountPage, type Mounted } from "../mounted-page";

const spec: Spec = { ...defaultSpec("myrtle-w16-s0", "myrtle-w16-s1", "quick"), sites: [1, 2] };
const [own] = spec.curves;
const sites = [siteResult(1), siteResult(2, { steps: 0, leastSquaresTestError: 0.16 })];

/** A page with a computed experiment, and its checks open. */
async function open(): Promise<Mounted> {
  const whole = report(spec, sites);
  const mounted = await mountPage(writeAddress({ spec, backend: "wasm" }), (engine) => {
    engine.onRestore = ({ spec: asked, events }) => {
      if (asked.curves.length === 1 && !asked.departure) {
        events.send({ type: "finished", report: whole });
      }
      events.end();
    };
  });
  await page.getByText("Can this be believed?").click();
  return mounted;
}

const item = (title: RegExp) => page.getByRole("listitem").filter({ hasText: title });

test("says what was found and what was not measured", async () => {
  await open();
  await expect.element(page.getByText("1 failed, 7 not measured")).toBeVisible();
  const matching = item(/matching the top’s activations/);
  await expect
    .element(matching)
    .toHaveTextContent("Training helps most at block 1: +5.0 points, +15.0 by least squares.");
  await expect.element(matching.getByText("Failed:")).toBeInTheDocument();
});

test("the other direction is one more curve of the same run", async () => {
  const { engine } = await open();
  await item(/the other way/)
    .getByRole("button", { name: /^Run the other way, too/ })
    .click();
  await expect.poll(() => engine.runs).toHaveLength(1);
  expect(engine.runs[0]?.spec.curves).toEqual([own, { ...own, top: own.bottom, bottom: own.top }]);
});

test("departures and seeds are measured on request", async () => {
  const { engine } = await open();
  await item(/within the top’s distribution/)
    .getByRole("button", { name: /^Measure it/ })
    .click();
  await expect.poll(() => engine.runs).toHaveLength(1);
  const [run] = engine.runs;
  expect(run?.spec).toEqual({ ...spec, departure: true });
  const departure = {
    images: 1_000,
    outsideAtSite: 0.6,
    outsideAtPenultimate: 0.04,
    distances: [0.4, 0.1],
  };
  run?.events.send({
    type: "curve",
    curve: 0,
    event: { type: "site", result: siteResult(1, { departure }) },
  });
  await expect
    .element(item(/within the top’s distribution/))
    .toHaveTextContent(
      /Up to 60\.0% of the images lie outside at the stitch \(block 1\), up to 4\.0%/,
    );
});
