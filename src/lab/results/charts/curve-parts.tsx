/** What pictures of curves and legends share: markers, keys, and names at the ends of curves. */
import type { ReactNode } from "react";
import { curveColour, markerEdge, markerOutline, markerRadius } from "./curves";
import { cssColour, type Look, type EndLabel } from "./description";
import { placeLabels, type Plot } from "./end-labels";
import { useChartSizes } from "./chart-sizes";

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

interface EndNamesProps extends Omit<Plot, "lineHeight"> {
  readonly ends: readonly EndLabel[];
}

/** Names of curves next to their ends, which spare the reader a look at the legend. */
export function EndNames({ ends, ...plot }: EndNamesProps): ReactNode {
  const { lineHeight } = useChartSizes();
  return placeLabels(ends, { ...plot, lineHeight }).map(({ text, colour, leader, lines }) => (
    <g key={text} aria-hidden="true">
      <path d={leader} fill="none" stroke={cssColour(colour)} />
      <text className="direct-label" style={{ fill: cssColour(colour) }}>
        {lines.map((line) => (
          <tspan key={line.text} x={line.x} y={line.y}>
            {line.text}
          </tspan>
        ))}
      </text>
    </g>
  ));
}
