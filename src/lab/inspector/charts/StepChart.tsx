/** A value by step or epoch, as recharts draws it. */
import type { ReactNode } from "react";
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { cssColour, type ChartDescription } from "./description";
import { chartMargin, valueAxisWidth } from "./recharts-parts";
import { axisProps, ChartTooltip, PlotLines } from "./recharts-parts";

export function StepChart({ chart }: { readonly chart: ChartDescription }): ReactNode {
  return (
    <ResponsiveContainer width="100%" height={chart.height}>
      <LineChart
        data={chart.series.flatMap(({ points }) => points)}
        margin={chartMargin}
        aria-label={chart.ariaLabel}
      >
        <PlotLines chart={chart} />
        <XAxis dataKey="x" {...axisProps(chart.x)} interval="preserveEnd" />
        <YAxis width={valueAxisWidth} {...axisProps(chart.y)} />
        {chart.series.map(({ name, look }) => (
          <Line
            key={name}
            dataKey="y"
            stroke={cssColour(look.colour)}
            strokeWidth={look.width}
            dot={look.marker !== undefined}
            isAnimationActive={false}
          />
        ))}
        <Tooltip isAnimationActive={false} content={<ChartTooltip positions={chart.positions} />} />
      </LineChart>
    </ResponsiveContainer>
  );
}
