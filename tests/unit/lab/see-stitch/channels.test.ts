import { describe, expect, test } from "vitest";
import type { Seen } from "../../../../src/engine/passage";
import { relativeDistance, shownChannels } from "../../../../src/lab/see-stitch/channels/channels";
import { seenOf } from "./seen";

/** B and A of 40 channels of one pixel; the stitch passes channel i to channel i + 1. */
function shifted(): Seen {
  const c = 40;
  const weight = new Float64Array(c * c);
  for (let i = 0; i + 1 < c; i++) weight[i * c + i + 1] = -2;
  const own = Float32Array.from({ length: c }, (_, j) => (j % 2 === 0 ? j : 0));
  return seenOf({ bottom: new Float32Array(c).fill(1), own, weight });
}

describe("the channels shown", () => {
  test("are A's most active ones and those of B that make them, in order", () => {
    const { targets, sources, covered } = shownChannels(shifted());
    expect(targets).toEqual([8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38]);
    expect(sources).toEqual(targets.map((j) => j - 1));
    expect(covered).toBe(1);
  });

  test("of B include a silent one that the stitch reads, before others", () => {
    const seen = shifted();
    seen.bottom.values[7] = 0;
    expect(shownChannels(seen).sources).toContain(7);
  });

  test("are linked by the weights, relative to the largest contribution", () => {
    const { ribbons } = shownChannels(shifted());
    expect(ribbons).toHaveLength(16);
    for (const { source, target, weight, share } of ribbons) {
      expect(source).toBe(target);
      expect([weight, share]).toEqual([-2, 1]);
    }
  });

  test("have ribbons only where something passes: a silent channel's weight is left out", () => {
    const bottom = Float32Array.of(0, 1);
    const weight = Float64Array.of(1_000, 1_000, 0.5, 0);
    const { ribbons } = shownChannels(seenOf({ bottom, own: Float32Array.of(1, 1), weight }));
    expect(ribbons).toEqual([{ source: 1, target: 0, weight: 0.5, share: 1 }]);
  });

  test("of silent networks have no ribbons, and a scale that can be drawn", () => {
    const nothing = new Float32Array(2);
    const seen = seenOf({ bottom: nothing, own: nothing, weight: new Float64Array(4) });
    expect(shownChannels(seen)).toMatchObject({ ribbons: [], covered: 1, topScale: 1 });
  });
});

test("the relative distance is 0 for equal maps, 1 for none, and null where A is silent", () => {
  const own = Float32Array.of(3, 4);
  expect(relativeDistance(own, own)).toBe(0);
  expect(relativeDistance(new Float32Array(2), own)).toBe(1);
  expect(relativeDistance(own, new Float32Array(2))).toBeNull();
});
