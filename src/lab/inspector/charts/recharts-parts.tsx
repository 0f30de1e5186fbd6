/** Parts of a description as recharts takes them. */
import type { ReactNode } from "react";
import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { cssColour, type Axis, type ChartDescription, type Position } from "./description";

/** Around a drawing. */
export const chartMargin = { top: 8, right: 12, bottom: 4, left: 0 };

/** Of every value axis. */
export const valueAxisWidth = 44;

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
  readonly chart: ChartDescription;
  /** A layer to mark; null for none. */
  readonly marked?: number | null;
}

/** Grid and reference lines, on the chart's own scales. */
export function PlotLines({ chart, marked = null }: LinesProps): ReactNode {
  const plot = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (!plot || !xScale || !yScale) return null;
  const { x: left, y: top, width, height } = plot;
  const x = (value: number): number => xScale(value) ?? 0;
  const upright = (at: number): string => `M${at} ${top}v${height}`;
  const level = (at: number): string => `M${left} ${at}h${width}`;
  const grid = [
    ...(chart.x.grid ? [left, left + width, ...chart.x.ticks.map(({ at }) => x(at))] : []).map(
      upright,
    ),
    ...(chart.y.grid
      ? [top, top + height, ...chart.y.ticks.map(({ at }) => yScale(at) ?? 0)]
      : []
    ).map(level),
  ];
  return (
    <>
      <path d={grid.join("")} stroke="var(--grid)" />
      {marked !== null && (
        <path d={upright(x(marked))} stroke="var(--stitch)" strokeWidth={14} strokeOpacity={0.14} />
      )}
      {chart.lines.map(({ axis, at, look, text }) => (
        <g key={axis + look.colour}>
          <path
            d={axis === "x" ? upright(x(at)) : level(yScale(at) ?? 0)}
            stroke={cssColour(look.colour)}
            strokeWidth={look.width}
            strokeDasharray={look.dashes}
          />
          {text && (
            <text className="line-text" x={x(at)} y={top - 5} textAnchor="middle">
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
