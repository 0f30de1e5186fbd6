/** Values by step, epoch, rank or share, as recharts draws them. */
import type { ReactNode } from "react";
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { cssColour, type ChartDescription, type Series } from "./description";
import { chartMargin, valueAxisWidth } from "./recharts-parts";
import { axisProps, ChartTooltip, PlotLines } from "./recharts-parts";

export function StepChart({ chart }: { readonly chart: ChartDescription }): ReactNode {
  return (
    <ResponsiveContainer width="100%" height={chart.height}>
      <LineChart data={rowsOf(chart.series)} margin={chartMargin} aria-label={chart.ariaLabel}>
        <PlotLines chart={chart} />
        <XAxis dataKey="x" {...axisProps(chart.x)} interval="preserveEnd" />
        <YAxis width={valueAxisWidth} {...axisProps(chart.y)} />
        {chart.series.map(({ name, look }, index) => (
          <Line
            key={name}
            name={name}
            dataKey={({ values }: Row) => values[index] ?? null}
            stroke={cssColour(look.colour)}
            strokeWidth={look.width}
            {...(look.dashes && { strokeDasharray: look.dashes })}
            connectNulls={chart.series.length > 1}
            dot={look.marker !== undefined}
            isAnimationActive={false}
          />
        ))}
        <Tooltip isAnimationActive={false} content={<ChartTooltip positions={chart.positions} />} />
      </LineChart>
    </ResponsiveContainer>
  );
}

interface Row {
  readonly x: number;
  /** By series; absent where one has no point. */
  readonly values: readonly (number | null | undefined)[];
}

/** The points of all series by their place, from left to right. */
function rowsOf(series: readonly Series[]): Row[] {
  const places = new Set(series.flatMap(({ points }) => points.map(({ x }) => x)));
  return [...places]
    .sort((a, b) => a - b)
    .map((x) => ({
      x,
      values: series.map(({ points }) => points.find((point) => point.x === x)?.y),
    }));
}
