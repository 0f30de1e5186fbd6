/** Sweeps in the inspector, on the page over a scripted engine. */
import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { writeAddress } from "../../../../src/experiment/address/address";
import type { Report } from "../../../../src/experiment/report";
import { defaultSpec, withOtherCurves, type Spec } from "../../../../src/experiment/spec";
import { curveReport, report, siteResult } from "../fakes";
import { mountPage, type Mounted } from "../mounted-page";

const usual: Spec = { ...defaultSpec("myrtle-w16-s0", "myrtle-w16-s1", "quick"), sites: [2] };
const [first] = usual.curves;

/** A page whose experiment is computed. */
function mount(whole: Report): Promise<Mounted> {
  return mountPage(writeAddress({ spec: whole.spec, backend: "wasm" }), (engine) => {
    engine.onRestore = ({ spec, events }) => {
      if (spec.curves.length === whole.spec.curves.length) {
        events.send({ type: "finished", report: whole });
      }
      events.end();
    };
  });
}

const drawer = page.getByRole("dialog");

test("ranks are swept on request: the layer's experiment runs, and the inspector stays", async () => {
  const { engine } = await mount(report(usual, [siteResult(2)]));
  await page.getBySelector(`[data-stitch="0-2"]`).click();
  await expect.element(drawer).toHaveAccessibleName(/^Inside the stitch at /);
  await drawer.getByRole("button", { name: /^Sweep ranks/ }).click();
  await expect.poll(() => engine.runs).toHaveLength(1);
  const [run] = engine.runs;
  // Stage 3 of a five-layer CNN of width 16 has 64 channels.
  expect(run?.spec.curves.map(({ family }) => family)).toEqual([
    "affine",
    ...[1, 2, 4, 8, 16, 32].map((rank) => `trained-rank-${rank}`),
  ]);
  expect(run?.spec).toMatchObject({ sites: [2], probes: ["pooled"], protocol: "quick" });
  await expect.element(drawer).toBeVisible();
  run?.events.send({ type: "curve", curve: 0, event: { type: "site", result: siteResult(2) } });
  const swept = siteResult(2, { testError: 0.625 });
  run?.events.send({ type: "curve", curve: 3, event: { type: "site", result: swept } });
  const part = drawer.getByRole("region", { name: "Test error by rank" });
  await expect
    .element(part)
    .toHaveTextContent("Trained: 62.5% at 4, 15.0% at 64; Closest map: 25.0% at 64.");
  await expect.element(part.getByLabelText(/^Test error by rank;/)).toBeVisible();
});

test("stitches with fewer connections are one chart at their layer", async () => {
  const spec = withOtherCurves(usual, [
    { ...first, family: "sparse-0.1" },
    { ...first, family: "sparse-0.25" },
  ]);
  const pruned = (kept: number, penalty: number) =>
    siteResult(2, { penalty, connections: { kept, of: 4096 } });
  const whole: Report = {
    ...report(spec, [siteResult(2)]),
    curves: [
      curveReport(first, [siteResult(2)]),
      curveReport(first, [pruned(410, 0.2)]),
      curveReport(first, [pruned(1024, 0.075)]),
    ],
  };
  await mount(whole);
  await page.getBySelector(`[data-stitch="0-2"]`).click();
  const part = drawer.getByRole("region", { name: "Penalty by share of connections" });
  await expect
    .element(part)
    .toHaveTextContent("10%: +20.0 ± 1.0; 25%: +7.5 ± 1.0; 100%: +5.0 ± 1.0 points");
  await expect.element(part.getByLabelText(/^Penalty by share of connections kept/)).toBeVisible();
});
