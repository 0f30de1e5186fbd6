/** Controls that know labels, on small trained networks and with a real thread. */
import { afterEach, expect, test } from "vitest";
import { openPassages, type OpenPassages } from "../../../src/engine/host/passage";
import { runExperiment } from "../../../src/engine/host/run";
import type { LabErrorData } from "../../../src/core/errors";
import type { PassageQuestion } from "../../../src/engine/host/passage";
import type { Seen } from "../../../src/engine/passage";
import type { CurveReport } from "../../../src/experiment/report";
import { curvesOf, withFirstCurve, withOtherCurves, type Spec } from "../../../src/experiment/spec";
import { zooTimeoutMs } from "../fixtures";
import { tinyDeps, tinySpec } from "./tiny-experiment";

/** The layer before the classifier's. */
const site = 3;
const plain: Spec = {
  ...tinySpec("myrtle-w16-s0", "myrtle-w16-s1"),
  ...{ trainImages: 768, testImages: 512, sites: [site], epochs: 4 },
};
const noise = withFirstCurve(plain, { perturbation: "class-noise" });

async function curvesOfReport(spec: Spec): Promise<readonly CurveReport[]> {
  for await (const event of runExperiment(spec, await tinyDeps(spec, {}, "public/zoo"))) {
    if (event.type === "finished") return event.report.curves;
  }
  throw new Error("no report");
}

let open: OpenPassages | undefined;
afterEach(() => open?.close());

test(
  "noise that has seen no image scores far better than chance, a fit to shuffled labels no better than matching",
  async () => {
    const [own] = plain.curves;
    const spec = withOtherCurves(noise, [
      { ...own, objective: "match" },
      { ...own, objective: "shuffled-labels" },
    ]);
    const [noisy, matched, shuffled] = (await curvesOfReport(spec)).map(({ sites }) => sites[0]);
    if (!noisy || !matched || !shuffled) throw new Error("no stitches");
    // Chance is 0.9.
    expect(noisy.testError).toBeLessThan(0.3);
    expect(noisy.leastSquaresTestError).toBeLessThan(0.6);
    const error = Math.hypot(matched.penaltyStandardError, shuffled.penaltyStandardError);
    expect(shuffled.penalty).toBeGreaterThan(matched.penalty - 2 * error);
    // Both start from the same stitch, and shuffled labels have losses of their own.
    expect(shuffled.leastSquaresTestError).toBe(matched.leastSquaresTestError);
    expect(shuffled.refinement?.heldOutLoss).toBeGreaterThan(1.5);
  },
  zooTimeoutMs,
);

test(
  "trained from scratch on shuffled labels, a stitch stays near chance; noise of each class does not",
  async () => {
    const paper: Spec = { ...noise, protocol: "paper", epochs: 3 };
    const [own] = plain.curves;
    const spec = withOtherCurves(paper, [{ ...own, objective: "shuffled-labels" }]);
    const [noisy, shuffled] = (await curvesOfReport(spec)).map(({ sites }) => sites[0]);
    expect(noisy?.testError).toBeLessThan(0.6);
    expect(shuffled?.testError).toBeGreaterThan(0.75);
  },
  zooTimeoutMs,
);

test(
  "a picture shows noise for test images, and refuses one whose label nobody knows",
  async () => {
    let answer: (seen: Seen | LabErrorData) => void = () => undefined;
    const deps = await tinyDeps(noise, {}, "public/zoo");
    const passages = await openPassages(curvesOf(noise)[0], deps, {
      seen: (seen) => answer(seen),
      penalty: () => undefined,
      fitting: () => undefined,
      failed: (error) => answer(error),
    });
    open = passages;
    const ask = (image: PassageQuestion["image"]): Promise<Seen | LabErrorData> =>
      new Promise((resolve) => {
        answer = resolve;
        passages.ask({ site, image, stitch: { type: "identity" } });
      });
    const pixels = new Uint8Array(32 * 32 * 3);
    const tested = await ask({ type: "test", index: 3 });
    expect(tested).toMatchObject({ type: "seen" });
    expect(await ask({ type: "own", pixels, label: 8 })).toMatchObject({ type: "seen" });
    expect(await ask({ type: "own", pixels })).toMatchObject({
      code: "bad-input",
      expected: "a test image, whose class the noise depends on",
      found: "an image without a label",
    });
  },
  zooTimeoutMs,
);
