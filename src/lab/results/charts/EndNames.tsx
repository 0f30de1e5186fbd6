/** Names of curves next to their ends: nobody has to go back and forth between lines and legend. */
import type { ReactNode } from "react";
import { cssColour, type EndLabel } from "./description";
import { placeLabels, type Plot } from "./end-labels";
import { useChartSizes } from "./chart-sizes";

interface Props extends Omit<Plot, "lineHeight"> {
  readonly ends: readonly EndLabel[];
}

export function EndNames({ ends, ...plot }: Props): ReactNode {
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
