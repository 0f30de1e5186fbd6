/**
 * The charts' numbers: layers by curves, for the quantity that is chosen; of a single curve, layers
 * by quantities.
 */
import { useId, useState, type ReactNode } from "react";
import type { Penalty, Row } from "../../session/rows";
import { stitchName, useInspect, useLayer } from "../../view/result-contexts";
import { similarityText, percent, deviation, signedPoints, count } from "../../format/numbers";
import { failureText } from "../../format/errors";
import {
  nextSorting,
  pivotsOf,
  sortedLayers,
  stopText,
  type NumbersCurve,
  type Pivot,
  type PivotColumn,
  type Quantity,
  type Sorting,
} from "./pivot";

interface Props {
  readonly curves: readonly NumbersCurve[];
  /** Whether the protocol trains; otherwise the scored stitch is the least-squares one. */
  readonly trained: boolean;
  /** The measure of similarity, for people. */
  readonly measure: string;
}

/** In CSS pixels, of tables that are not laid out yet. */
function aboutHigh(pivots: readonly Pivot[]): number {
  return 120 + 33 * Math.max(0, ...pivots.map(({ layers }) => layers.length));
}

const explanations = {
  penalty:
    "Penalty: percentage points of test error above the top network’s own, ± one standard error.",
  leastSquares:
    "Penalty of the least-squares stitch, before any training, in percentage points, ± one standard error.",
  similarity: "Similarity of the two layers; 1 is “the same”.",
  steps: "Training steps of each stitch, and why they ended.",
} as const satisfies Record<Quantity, string>;

export function ResultsTable({ curves, trained, measure }: Props): ReactNode {
  const [chosen, setChosen] = useState<Quantity>("penalty");
  const names: Readonly<Record<Quantity, string>> = {
    penalty: "Penalty",
    leastSquares: "Least squares",
    similarity: measure,
    steps: "Steps",
  };
  const quantities: readonly Quantity[] = trained
    ? ["penalty", "leastSquares", "similarity", "steps"]
    : ["penalty", "similarity"];
  const several = curves.length > 1;
  const shown = quantities.includes(chosen) ? chosen : "penalty";
  const pivots = pivotsOf(curves);
  return (
    <div
      className="numbers laid-out-near"
      style={{ containIntrinsicHeight: `auto ${aboutHigh(pivots)}px` }}
    >
      {several && <Switch {...{ quantities, names, shown }} onChoose={setChosen} />}
      <p className="hint">
        {explanations[several ? shown : "penalty"]} Press a number to inspect its stitch.
      </p>
      <div className="pivots">
        {pivots.map((pivot, place) => (
          <PivotTable
            key={pivot.columns[0]?.curve}
            pivot={pivot}
            columns={pivot.columns.flatMap((column) =>
              (several ? [shown] : quantities).map((quantity) => ({ ...column, quantity })),
            )}
            names={names}
            ofAxis={place === 0}
          />
        ))}
      </div>
      <Failures curves={curves} />
    </div>
  );
}

interface SwitchProps {
  readonly quantities: readonly Quantity[];
  readonly names: Readonly<Record<Quantity, string>>;
  readonly shown: Quantity;
  readonly onChoose: (quantity: Quantity) => void;
}

function Switch({ quantities, names, shown, onChoose }: SwitchProps): ReactNode {
  const group = useId();
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">Numbers in the table</legend>
      {quantities.map((quantity) => (
        <label key={quantity}>
          <input
            type="radio"
            className="visually-hidden"
            name={group}
            checked={quantity === shown}
            onChange={() => onChoose(quantity)}
          />
          <span>{names[quantity]}</span>
        </label>
      ))}
    </fieldset>
  );
}

type NumbersColumn = PivotColumn & { readonly quantity: Quantity };

interface TableProps {
  readonly pivot: Pivot;
  readonly columns: readonly NumbersColumn[];
  readonly names: Readonly<Record<Quantity, string>>;
  /** Whether its layers are those of the charts, which follow it. */
  readonly ofAxis: boolean;
}

function PivotTable({ pivot, columns, names, ofAxis }: TableProps): ReactNode {
  const { layer, choose, pointAt } = useLayer();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  // By numbers that are shown.
  const isShown = columns.some((column) => sortedAs(sorting, column) !== "none");
  const layers = sorting && isShown ? sortedLayers(pivot, sorting) : pivot.layers;
  const of = columns.flatMap(({ label }) => label ?? []);
  return (
    <div className="pivot-frame">
      <table className="pivot" aria-label={["Numbers at each layer", ...of].join(", ")}>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            {columns.map((column) => (
              <SortableHead
                key={`${column.curve} ${column.quantity}`}
                name={column.label ?? names[column.quantity]}
                title={column.title}
                sorted={sortedAs(sorting, column)}
                onSort={() => setSorting(nextSorting(sorting, column))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {layers.map(({ site, name }) => (
            <tr
              key={site}
              {...(ofAxis && {
                className: site === layer ? "chosen" : undefined,
                onClick: () => choose(site),
                onMouseEnter: () => pointAt(site),
                onMouseLeave: () => pointAt(null),
                onFocus: () => pointAt(site),
                onBlur: () => pointAt(null),
              })}
            >
              <th scope="row">{name}</th>
              {columns.map((column) => (
                <NumberCell
                  key={`${column.curve} ${column.quantity}`}
                  column={column}
                  row={column.rows.get(site)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type SortedAs = "ascending" | "descending" | "none";

function sortedAs(sorting: Sorting | null, { curve, quantity }: NumbersColumn): SortedAs {
  if (sorting?.curve !== curve || sorting.quantity !== quantity) return "none";
  return sorting.descending ? "descending" : "ascending";
}

interface HeadProps {
  readonly name: string;
  readonly title: string | undefined;
  readonly sorted: SortedAs;
  readonly onSort: () => void;
}

const arrows = { ascending: "↑", descending: "↓", none: "" } as const;

function SortableHead({ name, title, sorted, onSort }: HeadProps): ReactNode {
  return (
    <th scope="col" aria-sort={sorted} title={title}>
      <button type="button" className="sort-button" onClick={onSort}>
        {name}
        <span aria-hidden="true" className="sort-arrow">
          {arrows[sorted]}
        </span>
      </button>
    </th>
  );
}

interface CellProps {
  readonly column: NumbersColumn;
  readonly row: Row | undefined;
}

/** All of a cell opens the inspector, once its stitch is scored. */
function NumberCell({ column, row }: CellProps): ReactNode {
  const inspect = useInspect();
  const { curve, label, quantity } = column;
  if (row === undefined) return <td />;
  const number = numberIn(row, quantity);
  if (number === null || row.penalty === null || !inspect) {
    return <td>{number === null ? <NotYet /> : <Words {...number} />}</td>;
  }
  const open = (): void => inspect({ curve, site: row.site });
  const { testError } = row.penalty;
  const title = testError === null ? undefined : `Error ${percent(testError)}`;
  // Of a single curve one number a layer is a button, so that the others are no stops for the keyboard.
  if (label === null && quantity !== "penalty") {
    return (
      <td className="opens" onClick={open}>
        <Words {...number} />
      </td>
    );
  }
  const where = label === null ? row.name : `${row.name}, ${label}`;
  return (
    <td>
      <button
        type="button"
        className="number-button"
        aria-haspopup="dialog"
        data-stitch={stitchName({ curve, site: row.site })}
        aria-label={`Inspect ${where}: ${[number.value, number.more].join(" ").trim()}`}
        title={title}
        onClick={open}
      >
        <Words {...number} />
      </button>
    </td>
  );
}

interface Number {
  readonly value: string;
  /** Quieter, after it. */
  readonly more: string;
}

/** Null until it arrives. */
function numberIn(row: Row, quantity: Quantity): Number | null {
  const { failure, similarity, training } = row;
  switch (quantity) {
    case "penalty":
      return failure ? none : penaltyWords(row.penalty);
    case "leastSquares":
      return failure?.reason === "singular" ? none : penaltyWords(row.leastSquares);
    case "similarity":
      if (similarity.status === "waiting") return null;
      if (similarity.status === "undefined") return { value: "undefined", more: "" };
      return { value: similarityText(similarity.value), more: "" };
    case "steps":
      if (training === null) return failure ? none : null;
      return { value: count(training.steps), more: stopText(training) };
    default:
      return quantity satisfies never;
  }
}

const none: Number = { value: "none", more: "" };

function penaltyWords(penalty: Penalty | null): Number | null {
  if (penalty === null) return null;
  return {
    value: signedPoints(penalty.value),
    more: deviation(penalty.standardError).trimStart(),
  };
}

function Words({ value, more }: Number): ReactNode {
  return (
    <>
      {value}
      {more !== "" && <span className="deviation"> {more}</span>}
    </>
  );
}

function NotYet(): ReactNode {
  return (
    <span className="not-yet">
      <span aria-hidden="true">·</span>
      <span className="visually-hidden">not yet</span>
    </span>
  );
}

/** Why some layers have no stitch. */
function Failures({ curves }: Pick<Props, "curves">): ReactNode {
  const found = curves.flatMap(({ label, rows }) =>
    rows.flatMap(({ site, name, failure }) =>
      failure === null
        ? []
        : [
            {
              key: `${site} ${label ?? ""}`,
              where: label === null ? name : `${name}, ${label}`,
              failure,
            },
          ],
    ),
  );
  if (found.length === 0) return null;
  return (
    <ul className="hint no-stitch">
      {found.map(({ key, where, failure }) => (
        <li key={key}>
          {where}: no stitch. {failureText(failure)}
        </li>
      ))}
    </ul>
  );
}
