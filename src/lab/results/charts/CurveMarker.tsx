/** The marker of a curve after the first one, and the lines of legends. */
import type { ReactNode } from "react";
import { curveColour, markerEdge, markerOutline, markerRadius } from "./curves";
import { cssColour, type Look } from "./description";

/** The marker of a curve, centred on 0, 0. */
export function CurveMarker({ index }: { readonly index: number }): ReactNode {
  const colour = curveColour(index);
  return (
    <path
      d={markerOutline(index)}
      transform={`scale(${markerRadius})`}
      fill={colour}
      stroke={colour}
      strokeWidth={markerEdge}
    />
  );
}

/** How a legend shows a line. */
export function LegendKey({ colour, width, dashes, marker }: Look): ReactNode {
  return (
    <svg className="key-curve" viewBox="-13 -6 26 12" aria-hidden="true">
      <path d="M-13 0H13" stroke={cssColour(colour)} strokeWidth={width} strokeDasharray={dashes} />
      {typeof marker === "number" && <CurveMarker index={marker} />}
    </svg>
  );
}
