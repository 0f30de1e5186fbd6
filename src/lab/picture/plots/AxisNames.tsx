/** The layers' names, once for all parts of the picture. */
import type { ReactNode } from "react";
import { hasLongNames, nameParts } from "./axis-names";
import { slotPercent, type LayerAxis } from "./layer-plot";

interface Props {
  readonly axis: LayerAxis;
  /** Layer of A in view; null where none is. */
  readonly layer: number | null;
}

/** More layers than these have their numbers alone. */
const fewLayers = 12;

export function AxisNames({ axis, layer }: Props): ReactNode {
  const crowded = axis.slots > fewLayers ? " crowded" : "";
  const long = axis.names.length > 3 && hasLongNames(axis) ? " long" : "";
  return (
    <div className={`plot axis-names${crowded}${long}`}>
      <div className="plot-inner">
        {axis.names.map(({ at, text }) => {
          const [word, rest] = nameParts(text);
          return (
            <span
              key={at}
              className={at === layer ? "axis-name in-view" : "axis-name"}
              style={{ left: `${slotPercent(at, axis)}%` }}
            >
              {word !== "" && <span className="layer-word">{word}</span>}
              {rest}
            </span>
          );
        })}
        {axis.ends?.map((role) => (
          <span key={role} className={`axis-name axis-end of-${role}`}>
            {role === "top" ? "A" : "B"}
          </span>
        ))}
      </div>
    </div>
  );
}
