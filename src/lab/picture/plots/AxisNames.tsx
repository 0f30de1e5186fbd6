/** The layers' names, once for all parts of the picture. */
import type { ReactNode } from "react";
import { nameParts } from "./axis-names";
import { slotPercent, type LayerAxis } from "./layer-plot";

interface Props {
  readonly axis: LayerAxis;
  /** Layer of A in view; null where none is. */
  readonly layer: number | null;
}

/** More layers than these have their numbers alone. */
const fewLayers = 12;

export function AxisNames({ axis, layer }: Props): ReactNode {
  return (
    <div className={axis.slots > fewLayers ? "plot axis-names crowded" : "plot axis-names"}>
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
      </div>
    </div>
  );
}
