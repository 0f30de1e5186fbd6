import { expect, test } from "vitest";
import type { Tap } from "../../../../src/core/nets/taps";
import { axisNames, hasLongNames } from "../../../../src/lab/picture/plots/axis-names";

function taps(count: number, nameOf: (index: number) => string): Tap[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    name: nameOf(index),
    height: 8,
    width: 8,
    channels: 4,
  }));
}

test.each([
  ["9 blocks", taps(9, (k) => `block ${k}`), 9],
  ["51 blocks", taps(51, (k) => `block ${k}`), 13],
  ["120 blocks", taps(120, (k) => `block ${k}`), 15],
  ["17 modules of an exported network", taps(17, (k) => `layer1.${k}`), 6],
  ["120 modules with long names", taps(120, (k) => `encoder.layers.encoder_layer_${k}`), 2],
])("of %s as many are named as fit", (_, sites, most) => {
  const names = axisNames(sites, []);
  expect(names.length).toBeLessThanOrEqual(most);
  expect(names.length).toBeGreaterThanOrEqual(Math.min(2, sites.length));
  expect(names[0]?.at).toBe(0);
});

test("numbers are short names, modules are long ones", () => {
  expect(
    hasLongNames({
      names: axisNames(
        taps(9, (k) => `block ${k}`),
        [],
      ),
    }),
  ).toBe(false);
  expect(
    hasLongNames({
      names: axisNames(
        taps(9, (k) => `layer1.${k}`),
        [],
      ),
    }),
  ).toBe(true);
});
