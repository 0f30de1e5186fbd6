/** One number of a layer, which opens the inspector. */
import type { ReactNode } from "react";
import { count, deviation, percent, signedPoints, similarityText } from "../../format/numbers";
import type { TargetWords } from "../../format/target-words";
import type { Penalty, Row } from "../../session/results/rows";
import { stitchName, useInspect } from "../../view/result-contexts";
import { stopText, type PivotColumn, type Quantity } from "./pivot";

export type NumbersColumn = PivotColumn & { readonly quantity: Quantity };

interface CellProps {
  readonly column: NumbersColumn;
  readonly row: Row | undefined;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
}

/** All of a cell opens the inspector, once its stitch is scored. */
export function NumberCell({ column, row, words }: CellProps): ReactNode {
  const inspect = useInspect();
  const { curve, label, quantity } = column;
  if (row === undefined) return <td />;
  const number = numberIn(row, quantity);
  if (number === null || row.penalty === null || !inspect) {
    return <td>{number === null ? <NotYet /> : <Words {...number} />}</td>;
  }
  const open = (): void => inspect({ curve, site: row.site });
  const { testError } = row.penalty;
  const title = testError === null ? undefined : `Test ${words.measured} ${percent(testError)}`;
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
      if (similarity.status === "unmeasured") return { value: "not measured", more: "" };
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
