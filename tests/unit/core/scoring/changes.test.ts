import { describe, expect, test } from "vitest";
import { changedImages, penaltyByClass } from "../../../../src/core/scoring/changes";
import { penaltyOf } from "../../../../src/core/scoring/penalty";
import { seeded } from "../../../../src/core/random/generator";

const random = seeded(1, 0);
const flags = (share: number): Uint8Array =>
  Uint8Array.from({ length: 500 }, () => (random.uniform() < share ? 1 : 0));
const [top, stitched] = [flags(0.1), flags(0.3)];
const answers = Uint8Array.from({ length: 500 }, () => Math.floor(9 * random.uniform()));

describe("changed images", () => {
  test("are right before and wrong after, or the other way round", () => {
    const before = Uint8Array.of(0, 0, 1, 1);
    const after = Uint8Array.of(0, 1, 0, 1);
    expect(changedImages(after, before)).toEqual({ rightToWrong: [1], wrongToRight: [2] });
  });

  test("make up the penalty: those that got worse less those that got better", () => {
    const { rightToWrong, wrongToRight } = changedImages(stitched, top);
    const difference = (rightToWrong.length - wrongToRight.length) / top.length;
    expect(difference).toBeCloseTo(penaltyOf(stitched, top).value, 12);
  });

  test("of a network stitched to itself by the identity are none", () => {
    expect(changedImages(top, top)).toEqual({ rightToWrong: [], wrongToRight: [] });
  });

  test("of flags of different images are refused", () => {
    expect(() => changedImages(stitched.slice(1), top)).toThrow(
      /^wrong flags of the stitched network: expected 500 images.*found 499/,
    );
  });
});

describe("the penalty by class", () => {
  test("adds up to the penalty, weighted by the classes' images", () => {
    const classes = penaltyByClass(stitched, top, answers, 10);
    const weighted = classes.reduce((sum, { images, penalty }) => sum + images * penalty, 0);
    expect(weighted / top.length).toBeCloseTo(penaltyOf(stitched, top).value, 12);
  });

  test("of a class without images is 0", () => {
    const none = penaltyByClass(stitched, top, answers, 10)[9];
    expect(none).toEqual({ answer: 9, images: 0, topError: 0, stitchedError: 0, penalty: 0 });
  });

  test("with labels of other images is refused", () => {
    expect(() => penaltyByClass(stitched, top, answers.slice(1), 10)).toThrow(
      /^labels of the test images: expected 500 images.*found 499/,
    );
  });
});
