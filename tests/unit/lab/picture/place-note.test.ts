import { expect, test } from "vitest";
import type { LayerPlot, PlotNote } from "../../../../src/lab/picture/plots/layer-plot";
import { placeNote, type NotePlace } from "../../../../src/lab/picture/plots/place-note";
import { penaltyPlot } from "../../../../src/lab/picture/penalty-plot";
import { figurePicture } from "./figure-pictures";
import { axisOf, penaltyData, plotted } from "./plotted";

const note: PlotNote = { at: 4, value: 2, text: "another seed: at most +2.0", colour: "stitch" };

/** In a plot from 0 to 5 points. @param others fractions, one a layer */
function placed(others: readonly number[], fields: Partial<PlotNote> = {}): NotePlace {
  const { curves } = penaltyPlot(penaltyData([plotted(0, others)]));
  const plot: Pick<LayerPlot, "curves" | "domain"> = { curves, domain: [0, 5] };
  return placeNote({ ...note, ...fields }, plot, axisOf(9), 6.4);
}

const flat = (value: number): number[] => Array.from({ length: 9 }, () => value);

test("words stand above the middle of their point where that is free", () => {
  expect(placed(flat(0.02))).toEqual({ across: "middle", down: "above" });
});

test("they stand below it where other points are above", () => {
  expect(placed(flat(0.025))).toEqual({ across: "middle", down: "below" });
});

test("they stay within the plot", () => {
  expect(placed(flat(0.01), { value: 4.95 }).down).toBe("below");
  expect(placed(flat(0.01), { at: 0 }).across).toBe("start");
  expect(placed(flat(0.01), { at: 8 }).across).toBe("end");
});

test("no words cover a data point where they fit next to their own", () => {
  const { penalty, axis } = figurePicture("shuffled");
  const [words] = penalty.notes;
  expect(words?.text).toBe("positions shuffled: at most +71.7");
  // Above are the least-squares points, below are the curve's own next ones.
  expect(words && placeNote(words, penalty, axis, 6.4)).toEqual({ across: "start", down: "level" });
});
