/** Parts of a description as recharts takes them. */
import type { ReactNode } from "react";
import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { cssColour, type Axis, type Position, type ReferenceLine } from "./description";

/** Numbers or names alone: the grid says the rest. */
export const bareAxis = { axisLine: false, tickLine: false } as const;

/** Properties of an axis. */
export function axisProps({ domain, ticks }: Axis) {
  return {
    ...bareAxis,
    type: "number",
    domain: [...domain],
    ticks: ticks.map(({ at }) => at),
    interval: 0,
    tickFormatter: (value: number) => ticks.find(({ at }) => at === value)?.text ?? "",
  } as const;
}

interface LinesProps {
  readonly lines: readonly ReferenceLine[];
  /** A layer to mark; null for none. */
  readonly marked?: number | null;
}

/** Lines across the plot, on the chart's own scales. */
export function ReferenceLines({ lines, marked = null }: LinesProps): ReactNode {
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!plot || !x || !y) return null;
  const upright = (at: number): string =>
    `M${String(x(at) ?? 0)} ${String(plot.y)}v${String(plot.height)}`;
  return (
    <>
      {marked !== null && (
        <path d={upright(marked)} stroke="var(--stitch)" strokeWidth={14} strokeOpacity={0.14} />
      )}
      {lines.map(({ axis, at, look, text }) => (
        <g key={axis + look.colour}>
          <path
            d={
              axis === "x"
                ? upright(at)
                : `M${String(plot.x)} ${String(y(at) ?? 0)}h${String(plot.width)}`
            }
            stroke={cssColour(look.colour)}
            strokeWidth={look.width}
            strokeDasharray={look.dashes}
          />
          {text && (
            <text className="line-text" x={x(at) ?? 0} y={plot.y - 5} textAnchor="middle">
              {text}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

interface TooltipProps {
  readonly positions: readonly Position[];
  /** Both from recharts. */
  readonly active?: boolean;
  readonly label?: string | number;
}

/** What a chart shows at the place under the pointer, in numbers. */
export function ChartTooltip({ positions, active, label }: TooltipProps): ReactNode {
  const position = positions.find(({ at }) => at === Number(label));
  if (active !== true || position === undefined) return null;
  return (
    <div className="layer-tooltip">
      <strong>{position.title}</strong>
      {position.details.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
