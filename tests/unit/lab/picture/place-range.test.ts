import { expect, test } from "vitest";
import { recordedNames } from "../../../../src/experiment/figures";
import { slotPercent, valuePercent } from "../../../../src/lab/picture/plots/layer-plot";
import { placeRange } from "../../../../src/lab/picture/plots/place-range";
import { figurePicture } from "./figure-pictures";

const ranged = recordedNames.filter((name) => figurePicture(name).penalty.ranges.length > 0);

test("there are figures with a range of the paper's", () => {
  expect(ranged).toEqual(expect.arrayContaining(["seeds", "simclr", "width", "time", "random"]));
});

test.each(ranged)("the paper's words in %s lie in the plot, and on no dot of a curve", (name) => {
  const { penalty, axis } = figurePicture(name);
  for (const range of penalty.ranges) {
    const box = placeRange(range, penalty, axis, { line: 6.4, letter: 0.8 });
    expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
    expect(Math.max(box.right, box.bottom)).toBeLessThanOrEqual(100);
    const covered = penalty.curves.flatMap((curve) =>
      curve.points.filter(({ at, value }) => {
        if (value === null) return false;
        const [x, y] = [slotPercent(at, axis), valuePercent(value, penalty.domain)];
        return x > box.left && x < box.right && y > box.top && y < box.bottom;
      }),
    );
    expect(covered).toEqual([]);
  }
});
