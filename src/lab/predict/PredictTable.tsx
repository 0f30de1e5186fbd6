/** The drawing as numbers: one field a layer. */
import { useState, type ReactNode } from "react";
import { readPoints, withValue, type Prediction } from "./prediction";
import type { Row } from "../session/results/rows";
import { signed } from "../format/numbers";

interface Props {
  readonly rows: readonly Row[];
  readonly prediction: Prediction;
  readonly onDraw: (prediction: Prediction) => void;
}

export function PredictTable({ rows, prediction, onDraw }: Props): ReactNode {
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <details>
      <summary>Enter numbers</summary>
      <div className="predict-fields">
        {rows.map(({ site, name }) => (
          <PointsField
            // What is drawn replaces what was typed.
            key={`${site} ${String(prediction.get(site))}`}
            label={name}
            value={prediction.get(site)}
            onCommit={(value) => {
              setRefused(null);
              onDraw(withValue(prediction, site, value));
            }}
            onRefuse={(text) => setRefused(`${name}: “${text}” is not a number from −100 to 100.`)}
          />
        ))}
      </div>
      <p className="refusal" role="status">
        {refused}
      </p>
    </details>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: number | undefined;
  /** Null where the field was emptied. */
  readonly onCommit: (value: number | null) => void;
  readonly onRefuse: (text: string) => void;
}

function PointsField({ label, value, onCommit, onRefuse }: FieldProps): ReactNode {
  const shown = value === undefined ? "" : signed(value, 1);
  const [text, setText] = useState(shown);
  function commit(): void {
    if (text === shown) return;
    const typed = text.trim() === "" ? null : readPoints(text);
    if (typed === null && text.trim() !== "") {
      onRefuse(text);
      setText(shown);
      return;
    }
    onCommit(typed);
  }
  return (
    <label>
      {label}
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => {
          if (key === "Enter") commit();
        }}
      />
    </label>
  );
}
