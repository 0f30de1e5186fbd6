import { expect, test } from "vitest";
import { defaultSpec, type Curve, type Spec } from "../../../../src/experiment/spec";
import { withStitchAlone, withTrainedStitch } from "../../../../src/lab/inspector/one-stitch";
import { zoo } from "../fakes";

const { models } = zoo;

const { top, bottom, ...rest } = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "quick");
const control: Curve = {
  ...{ top, bottom: "resnet18-w16-s1", seed: 3 },
  ...{ family: "identity", perturbation: "none" },
};
const figure: Spec = {
  top,
  bottom,
  ...rest,
  trainImages: 10_000,
  testImages: 10_000,
  also: [control],
};

test("one stitch alone keeps everything that decides it, whichever curve it is of", () => {
  const first = withStitchAlone(figure, { curve: 0, site: 4 }, models);
  expect(first).toEqual({ ...figure, sites: [4], also: [] });
  const second = withStitchAlone(figure, { curve: 1, site: 8 }, models);
  expect(second).toEqual({ ...figure, ...control, sites: [8], also: [] });
});

test("a stitch to be trained keeps the images, not the protocol", () => {
  const glance: Spec = { ...figure, protocol: "glance", epochs: 0, trainImages: 640, also: [] };
  expect(withTrainedStitch(glance, 2, models)).toMatchObject({
    ...{ protocol: "quick", sites: [2], trainImages: 640, testImages: 10_000 },
  });
});
