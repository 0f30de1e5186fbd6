/** Singular values of a stitch's matrix, as recharts draws them. */
import type { ReactNode } from "react";
import { Area, AreaChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { cssColour, type ChartDescription } from "./description";
import { chartMargin, valueAxisWidth } from "./recharts-parts";
import { axisProps, ChartTooltip, PlotLines } from "./recharts-parts";

export function SpectrumChart({ chart }: { readonly chart: ChartDescription }): ReactNode {
  return (
    <ResponsiveContainer width="100%" height={chart.height}>
      <AreaChart
        data={chart.series.flatMap(({ points }) => points)}
        margin={{ ...chartMargin, top: 18 }}
        aria-label={chart.ariaLabel}
      >
        <PlotLines chart={chart} />
        <XAxis dataKey="x" {...axisProps(chart.x)} interval="preserveEnd" />
        <YAxis width={valueAxisWidth} {...axisProps(chart.y)} />
        {chart.series.map(({ name, look }) => (
          <Area
            key={name}
            dataKey="y"
            stroke={cssColour(look.colour)}
            strokeWidth={look.width}
            fill={cssColour(look.colour)}
            fillOpacity={0.15}
            isAnimationActive={false}
          />
        ))}
        <Tooltip isAnimationActive={false} content={<ChartTooltip positions={chart.positions} />} />
      </AreaChart>
    </ResponsiveContainer>
  );
}
