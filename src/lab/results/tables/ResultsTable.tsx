/**
 * The charts' numbers: layers by curves, for the quantity that is chosen; of a single curve, layers
 * by quantities.
 */
import { useId, useState, type ReactNode } from "react";
import { useLayer } from "../../view/result-contexts";
import { failureText } from "../../format/errors";
import type { TargetWords } from "../../format/target-words";
import { GlossaryTerm } from "../../learn/GlossaryTerm";
import {
  nextSorting,
  pivotsOf,
  sortedLayers,
  type NumbersCurve,
  type Pivot,
  type Quantity,
  type Sorting,
} from "./pivot";
import { NumberCell, type NumbersColumn } from "./NumberCell";

interface Props {
  readonly curves: readonly NumbersCurve[];
  /** Whether the protocol trains; otherwise the scored stitch is the least-squares one. */
  readonly trained: boolean;
  /** The measure of similarity, for people. */
  readonly measure: string;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
}

/** In CSS pixels, of tables that are not laid out yet. */
function aboutHigh(pivots: readonly Pivot[]): number {
  return 120 + 33 * Math.max(0, ...pivots.map(({ layers }) => layers.length));
}

const standardError = <GlossaryTerm term="standardError">standard error</GlossaryTerm>;

function explanationOf(quantity: Quantity, { name, explanation }: TargetWords): ReactNode {
  switch (quantity) {
    case "penalty":
      return (
        <>
          {name}: {explanation}, in percentage points, ± one {standardError}.
        </>
      );
    case "leastSquares":
      return (
        <>
          {name} of the least-squares stitch, before any training, in percentage points, ± one{" "}
          {standardError}.
        </>
      );
    case "similarity":
      return "Similarity of the two layers: 1 means “the same”.";
    case "steps":
      return "Training steps of each stitch, and why training ended.";
    default:
      return quantity satisfies never;
  }
}

export function ResultsTable({ curves, trained, measure, words }: Props): ReactNode {
  const [chosen, setChosen] = useState<Quantity>("penalty");
  const names: Readonly<Record<Quantity, string>> = {
    penalty: words.name,
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
        {explanationOf(several ? shown : "penalty", words)} Press a number to inspect its stitch.
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
            words={words}
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

interface TableProps {
  readonly pivot: Pivot;
  readonly columns: readonly NumbersColumn[];
  readonly names: Readonly<Record<Quantity, string>>;
  readonly words: TargetWords;
  /** Whether its layers are those of the charts, which follow it. */
  readonly ofAxis: boolean;
}

function PivotTable({ pivot, columns, names, words, ofAxis }: TableProps): ReactNode {
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
                  words={words}
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
