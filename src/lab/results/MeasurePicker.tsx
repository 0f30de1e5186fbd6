/** Which measure of similarity the charts and tables show. */
import { useId, type ReactNode } from "react";
import type { MeasureName } from "../../core/similarity/measures";
import { measureLabels } from "../format/labels";

interface Props {
  readonly measure: MeasureName;
  readonly onChoose: (measure: MeasureName) => void;
}

const measureNames = Object.keys(measureLabels) as MeasureName[];

export function MeasurePicker({ measure, onChoose }: Props): ReactNode {
  const id = useId();
  return (
    <span className="measure-picker">
      <label htmlFor={id} className="visually-hidden">
        Similarity measure
      </label>
      <select
        id={id}
        value={measure}
        onChange={({ target }) => {
          const chosen = measureNames.find((name) => name === target.value);
          if (chosen) onChoose(chosen);
        }}
      >
        {measureNames.map((name) => (
          <option key={name} value={name}>
            {measureLabels[name]}
          </option>
        ))}
      </select>
    </span>
  );
}
