import { expect, test } from "vitest";
import {
  nextSorting,
  pivotsOf,
  sortedLayers,
  stopText,
  type NumbersCurve,
} from "../../../../src/lab/results/tables/pivot";
import type { Row } from "../../../../src/lab/session/results/rows";

function row(site: number, name: string, value: number | null): Row {
  return {
    site,
    name,
    penalty: value === null ? null : { value, standardError: 0.002, testError: 0.1 + value },
    leastSquares: null,
    similarity: { status: "waiting" },
    similarityNull: null,
    training: null,
    failure: null,
  };
}

const names = ["stem", "block 1", "block 2"];
function curve(label: string, values: readonly (number | null)[]): NumbersCurve {
  return { label, rows: values.map((value, site) => row(site, names[site] ?? "", value)) };
}

test("curves with the same layers share a table; other architectures have their own", () => {
  const other = { label: "five-layer CNNs", rows: [row(0, "stage 1", 0.1)] };
  const pivots = pivotsOf([curve("a", [0, 1, 2]), other, curve("b", [3, 4, 5])]);
  expect(
    pivots.map(({ columns }) => columns.map(({ label, curve: place }) => [label, place])),
  ).toEqual([
    [
      ["a", 0],
      ["b", 2],
    ],
    [["five-layer CNNs", 1]],
  ]);
  expect(pivots[0]?.layers.map(({ name }) => name)).toEqual(names);
});

test("a column sorts largest first, smallest first, then by layer again; gaps come last", () => {
  const [pivot] = pivotsOf([curve("a", [0.02, null, 0.3]), curve("b", [0, 1, 2])]);
  if (!pivot) throw new Error("no table");
  const column = { curve: 0, quantity: "penalty" } as const;
  const order = (sorting: ReturnType<typeof nextSorting>): string[] =>
    (sorting ? sortedLayers(pivot, sorting) : pivot.layers).map(({ name }) => name);
  const down = nextSorting(null, column);
  const up = nextSorting(down, column);
  expect(order(down)).toEqual(["block 2", "stem", "block 1"]);
  expect(order(up)).toEqual(["stem", "block 2", "block 1"]);
  expect(order(nextSorting(up, column))).toEqual(names);
  expect(nextSorting(up, { curve: 1, quantity: "penalty" })?.descending).toBe(true);
});

test("a layer's training says why it ended", () => {
  const text = (stop: Parameters<typeof stopText>[0]["stop"], closedForm = false): string =>
    stopText({ steps: 52, stop, closedForm });
  expect(text("settled")).toBe("converged");
  expect(text("budget")).toBe("step limit");
  expect(text("least-squares")).toBe("least squares is best");
  expect(text("too-few-images")).toBe("too few training images");
  expect(text(null)).toBe("");
  expect(text(null, true)).toBe("closed form");
});
