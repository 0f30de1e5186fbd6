import { expect, test } from "vitest";
import {
  defaultSpec,
  withOtherCurves,
  type Curve,
  type Spec,
} from "../../../../src/experiment/spec";
import { withStitchAlone, withTrainedStitch } from "../../../../src/lab/inspector/one-stitch";
import { zoo } from "../fakes";

const { models } = zoo;

const usual = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "quick");
const [first] = usual.curves;
const control: Curve = {
  top: first.top,
  bottom: "resnet18-w16-s1",
  seed: 3,
  family: "identity",
  perturbation: "none",
};
const figure: Spec = {
  ...withOtherCurves(usual, [control]),
  trainImages: 10_000,
  testImages: 10_000,
};

test("one stitch alone keeps everything that determines it, on any curve", () => {
  const one = withStitchAlone(figure, { curve: 0, site: 4 }, models);
  expect(one).toEqual({ ...figure, curves: [first], sites: [4] });
  const second = withStitchAlone(figure, { curve: 1, site: 8 }, models);
  expect(second).toEqual({ ...figure, curves: [control], sites: [8] });
});

test("a stitch to be trained keeps the images, not the protocol", () => {
  const glance: Spec = {
    ...withOtherCurves(figure, []),
    protocol: "glance",
    epochs: 0,
    trainImages: 640,
  };
  expect(withTrainedStitch(glance, 2, models)).toMatchObject({
    protocol: "quick",
    sites: [2],
    trainImages: 640,
    testImages: 10_000,
  });
});
