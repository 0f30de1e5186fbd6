import { recordedNames } from "../../../../src/experiment/figures";
import { describe, expect, test } from "vitest";
import {
  slotPercent,
  valuePercent,
  type LayerPlot,
  type PlotNote,
} from "../../../../src/lab/picture/plots/layer-plot";
import { placeNote, type NotePlace } from "../../../../src/lab/picture/plots/place-note";
import { penaltyPlot } from "../../../../src/lab/picture/model/penalty-plot";
import { figurePicture } from "./figure-pictures";
import { axisOf, penaltyData, plotted } from "./plotted";

const note: PlotNote = { at: 4, value: 2, text: "another seed: at most +2.0", colour: "stitch" };
const text = { line: 6.4, letter: 0.8 };

/** In a plot from 0 to 5 points. @param others fractions, one a layer */
function placed(others: readonly number[], fields: Partial<PlotNote> = {}): NotePlace {
  const { curves } = penaltyPlot(penaltyData([plotted(1, others)]));
  return placeNote(
    { ...note, ...fields },
    { curves, domain: [0, 5], levels: [], ranges: [], beyond: [] },
    axisOf(9),
    text,
  );
}

const flat = (value: number): number[] => Array.from({ length: 9 }, () => value);

test("words are above the middle of their point where that is free", () => {
  const { across, x, y, lead } = placed(flat(0.02));
  expect({ across, x, lead }).toEqual({ across: "middle", x: 50, lead: null });
  expect(y).toBeLessThan(60);
});

test("they are below it where a curve is above", () => {
  const { across, y, lead } = placed(flat(0.024));
  expect({ across, lead }).toEqual({ across: "middle", lead: null });
  expect(y).toBeGreaterThan(60);
});

test("they stay within the plot", () => {
  for (const at of [0, 4, 8]) {
    for (const value of [0.05, 4.95]) {
      const { left, right, top, bottom } = placed(flat(0.01), { at, value }).box;
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(Math.max(right, bottom)).toBeLessThanOrEqual(100 + 1e-9);
    }
  }
});

test("where there is no room next to the point, a line leads to the words", () => {
  const { box, lead } = placed([0, 0.03, 0, 0.03, 0, 0.03, 0, 0.03, 0]);
  expect(lead).not.toBeNull();
  expect(box.bottom).toBeLessThanOrEqual(40);
});

test("a line to the words runs through no other dot, also in a plot half as wide", () => {
  const { penalty, axis } = figurePicture("seeds");
  const [words] = penalty.notes;
  if (!words) throw new Error("no note");
  const { lead } = placeNote(words, penalty, axis, { line: 6.4, letter: 1.75 });
  if (lead === null) throw new Error("expected a line to the words");
  const from = { x: slotPercent(words.at, axis), y: valuePercent(words.value, penalty.domain) };
  const dots = penalty.curves.flatMap(({ points }) =>
    points.flatMap(({ at, value }) =>
      value === null ? [] : [{ x: slotPercent(at, axis), y: valuePercent(value, penalty.domain) }],
    ),
  );
  const onLine = dots.filter(({ x, y }) => {
    const share = (y - from.y) / (lead.y - from.y);
    const across = from.x + share * (lead.x - from.x);
    return share > 0.05 && share < 1 && Math.abs(across - x) < 0.7;
  });
  expect(onLine).toEqual([]);
});

/** Points of a plot's curves, close together, and their dots. */
function pointsIn({ curves, domain }: LayerPlot, axis: Parameters<typeof slotPercent>[1]) {
  return curves.flatMap(({ points }) =>
    points.flatMap((to, k) => {
      const from = points[k - 1] ?? to;
      if (from.value === null || to.value === null) return [];
      const [y, below] = [valuePercent(from.value, domain), valuePercent(to.value, domain)];
      const [x, after] = [slotPercent(from.at, axis), slotPercent(to.at, axis)];
      return Array.from({ length: 101 }, (_, part) => ({
        x: x + (part / 100) * (after - x),
        y: y + (part / 100) * (below - y),
      }));
    }),
  );
}

describe("the words in a recorded figure lie on no curve and no reference line", () => {
  for (const name of recordedNames) {
    const { penalty, similarity, axis } = figurePicture(name);
    for (const [plot, line] of [
      [penalty, 6.4],
      [similarity, 14],
    ] as const) {
      for (const words of plot.notes) {
        test(`${name}: ${words.text}`, () => {
          const { left, right, top, bottom } = placeNote(words, plot, axis, {
            line,
            letter: 0.8,
          }).box;
          const heights = plot.levels.map(({ value }) => ({
            x: (left + right) / 2,
            y: valuePercent(value, plot.domain),
          }));
          const covered = [...pointsIn(plot, axis), ...heights].filter(
            ({ x, y }) => x > left && x < right && y > top && y < bottom,
          );
          expect(covered).toEqual([]);
        });
      }
    }
  }
});
