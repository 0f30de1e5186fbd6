/** Curves as columns of tables: one table for the curves that share their layers. */
import type { Row, Training } from "../../session/results/rows";

export interface NumbersCurve {
  /** Null where there is one only. */
  readonly label: string | null;
  /** The networks' ids, where the label is something else. */
  readonly title?: string;
  readonly rows: readonly Row[];
}

export type Quantity = "penalty" | "leastSquares" | "similarity" | "steps";

export interface PivotColumn extends Pick<NumbersCurve, "label" | "title"> {
  /** Place of the curve among all. */
  readonly curve: number;
  readonly rows: ReadonlyMap<number, Row>;
}

export interface Pivot {
  readonly layers: readonly Pick<Row, "site" | "name">[];
  readonly columns: readonly PivotColumn[];
}

/** Groups curves by their layers, in the order of the first curve of each group. */
export function pivotsOf(curves: readonly NumbersCurve[]): readonly Pivot[] {
  const pivots = new Map<string, { layers: Pivot["layers"]; columns: PivotColumn[] }>();
  for (const [curve, { label, title, rows }] of curves.entries()) {
    const key = JSON.stringify(rows.map(({ site, name }) => [site, name]));
    const pivot = pivots.get(key) ?? { layers: rows, columns: [] };
    pivots.set(key, pivot);
    pivot.columns.push({
      curve,
      label,
      ...(title === undefined ? {} : { title }),
      rows: new Map(rows.map((row) => [row.site, row])),
    });
  }
  return [...pivots.values()];
}

/** A number to sort by; null where there is none. */
function amountOf(row: Row | undefined, quantity: Quantity): number | null {
  if (row === undefined) return null;
  switch (quantity) {
    case "penalty":
    case "leastSquares":
      return row[quantity]?.value ?? null;
    case "similarity":
      return row.similarity.status === "known" ? row.similarity.value : null;
    case "steps":
      return row.training?.steps ?? null;
    default:
      return quantity satisfies never;
  }
}

export interface Sorting {
  readonly curve: number;
  readonly quantity: Quantity;
  readonly descending: boolean;
}

/** Returns the layers by one column's numbers, those without a number last. */
export function sortedLayers(
  { layers, columns }: Pivot,
  { curve, quantity, descending }: Sorting,
): Pivot["layers"] {
  const column = columns.find((other) => other.curve === curve);
  if (column === undefined) return layers;
  const amount = ({ site }: Pivot["layers"][number]): number =>
    amountOf(column.rows.get(site), quantity) ?? (descending ? -Infinity : Infinity);
  return [...layers].sort((a, b) =>
    amount(a) === amount(b) ? 0 : (descending ? -1 : 1) * (amount(a) - amount(b)),
  );
}

/** The next way to sort by a column: largest first, smallest first, by layer. */
export function nextSorting(
  sorting: Sorting | null,
  column: Pick<Sorting, "curve" | "quantity">,
): Sorting | null {
  if (sorting?.curve !== column.curve || sorting.quantity !== column.quantity) {
    return { ...column, descending: true };
  }
  return sorting.descending ? { ...sorting, descending: false } : null;
}

/** Why training ended, in a word or two; empty where every epoch was taken. */
export function stopText({ stop, closedForm }: Training): string {
  if (closedForm) return "closed form";
  switch (stop) {
    case "settled":
      return "converged";
    case "budget":
      return "step limit";
    case "least-squares":
      return "least squares is best";
    case "too-few-images":
      return "too few training images";
    case null:
      return "";
    default:
      return stop satisfies never;
  }
}
