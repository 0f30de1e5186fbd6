import { expect, test } from "vitest";
import type { ImageSet } from "../../../../src/core/data/image-set";
import { withRandomLabels } from "../../../../src/core/training/random-labels";

const classes = 10;
const count = 10_000;

function images(): ImageSet {
  return {
    ...{ height: 1, width: 1, channels: 1, count },
    normalisation: [{ mean: 0, deviation: 1 }],
    classes: { names: Array.from({ length: classes }, String), groupings: [] },
    labels: new Uint8Array(count).fill(3),
    pixels: new Uint8Array(count),
  };
}

test.each([0.1, 0.5, 1])("of a share of %d, nine tenths get another label", (share) => {
  const before = images();
  const { labels } = withRandomLabels(before, share, 5, classes);
  const others = labels.filter((label) => label !== 3).length;
  // A binomial's mean, and five of its standard deviations.
  const [mean, deviation] = [share * count * 0.9, Math.sqrt(share * count * 0.09)];
  expect(Math.abs(others - mean)).toBeLessThan(5 * deviation);
  expect(Math.max(...labels)).toBeLessThan(classes);
  expect(before.labels).toEqual(images().labels);
});

test("the seed decides the labels; none are changed without a share", () => {
  const one = withRandomLabels(images(), 0.5, 1, classes).labels;
  expect(withRandomLabels(images(), 0.5, 1, classes).labels).toEqual(one);
  expect(withRandomLabels(images(), 0.5, 2, classes).labels).not.toEqual(one);
  expect(withRandomLabels(images(), 0, 1, classes).labels).toEqual(images().labels);
});
