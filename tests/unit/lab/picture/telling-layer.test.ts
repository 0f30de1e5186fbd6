import { recordedNames } from "../../../../src/experiment/figures";
import { expect, test } from "vitest";
import { tellingLayer } from "../../../../src/lab/picture/model/telling-layer";
import { slotPercent } from "../../../../src/lab/picture/plots/layer-plot";
import type { Row } from "../../../../src/lab/session/results/rows";
import { figurePicture } from "./figure-pictures";
import { plotted } from "./plotted";

/** @param penalties fractions, one a layer */
const rowsOf = (penalties: readonly (number | null)[]): readonly Row[] => {
  const { rows } = plotted(0, penalties);
  return rows;
};

test("a curve says most where it costs most, or where it helps most if that is more", () => {
  expect(tellingLayer(rowsOf([0.01, 0.02, 0.05, 0.01]))).toBe(2);
  expect(tellingLayer(rowsOf([0.01, -0.01, 0]))).toBe(0);
  expect(tellingLayer(rowsOf([0.01, 0, -0.04]))).toBe(2);
});

test("it says nothing while a layer is unknown", () => {
  expect(tellingLayer(rowsOf([0.01, null, 0.02]))).toBeNull();
});

test.for(recordedNames)("%s opens at the layer that its note is at", (name) => {
  const { penalty, axis, main } = figurePicture(name);
  const [note] = penalty.notes;
  const layer = tellingLayer(main.rows);
  if (!note || layer === null) return;
  const place = main.rows.findIndex(({ site }) => site === layer);
  const curve = penalty.curves.find(
    ({ index, marker }) => index === main.index && marker === "dot",
  );
  expect(slotPercent(curve?.points[place]?.at ?? -1, axis)).toBe(slotPercent(note.at, axis));
});
