import { expect, test } from "vitest";
import { presets } from "../../../../src/experiment/figures";
import type { Preset } from "../../../../src/experiment/figures/figure";
import { defaultSpec, type Curve } from "../../../../src/experiment/spec";
import { curveLook, curveLooks } from "../../../../src/lab/picture/model/curve-looks";

const [main, ...others] = presets.seeds.spec.curves;

/** By its networks, the look of each curve. */
function looks(curves: readonly Curve[]): ReadonlyMap<string, unknown> {
  const found = curveLooks(curves, 0, ({ bottom }) => bottom.endsWith("-random"));
  return new Map(curves.map(({ bottom, top }, index) => [`${bottom} ${top}`, found[index]]));
}

test("no curve of a figure changes its look when another one is removed", () => {
  const before = looks([main, ...others]);
  for (const removed of others) {
    const after = looks([main, ...others.filter((curve) => curve !== removed)]);
    expect(after.size).toBe(others.length);
    for (const [curve, look] of after) expect(look, curve).toEqual(before.get(curve));
  }
});

test("nor when the first curve is replaced by a pair of one's own", () => {
  const [own] = defaultSpec("myrtle-w16-s0", "myrtle-w16-random", "quick").curves;
  const before = looks([main, ...others]);
  const after = looks([own, ...others]);
  for (const { bottom, top } of others) {
    const curve = `${bottom} ${top}`;
    expect(after.get(curve), curve).toEqual(before.get(curve));
  }
});

test("a figure's own order counts, whichever other figures have its curves", () => {
  const { spec, main: about }: Preset = presets.shuffled;
  const [first] = curveLooks(spec.curves, about ?? 0, ({ bottom }) => bottom.endsWith("-random"));
  expect(first).toEqual(curveLook("other", 0));
});

test("curves of no figure have looks of their own, each another one", () => {
  const [first] = defaultSpec("a", "b", "quick").curves;
  const curves = [0, 1, 2, 3, 4, 5, 6].map((seed) => ({ ...first, seed: 40 + seed }));
  const found = curveLooks(curves, 0, () => false).map((look) => JSON.stringify(look));
  expect(new Set(found).size).toBe(7);
});
