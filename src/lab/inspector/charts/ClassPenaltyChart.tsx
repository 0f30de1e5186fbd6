/** The penalty of each class, as recharts draws it. */
import type { ReactNode } from "react";
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { cssColour, type ChartDescription } from "./description";
import { chartMargin } from "./recharts-parts";
import { axisProps, bareAxis, ChartTooltip, PlotLines } from "./recharts-parts";

export function ClassPenaltyChart({ chart }: { readonly chart: ChartDescription }): ReactNode {
  return (
    <ResponsiveContainer width="100%" height={chart.height}>
      <BarChart
        data={chart.series.flatMap(({ points }) => points)}
        layout="vertical"
        margin={chartMargin}
        aria-label={chart.ariaLabel}
      >
        <PlotLines chart={chart} />
        <XAxis {...axisProps(chart.x)} interval="preserveEnd" />
        <YAxis
          {...bareAxis}
          type="category"
          dataKey="y"
          width={84}
          interval={0}
          tickFormatter={axisProps(chart.y).tickFormatter}
        />
        {chart.series.map(({ name, look }) => (
          <Bar key={name} dataKey="x" fill={cssColour(look.colour)} isAnimationActive={false} />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--stitch)", fillOpacity: 0.1 }}
          content={<ChartTooltip positions={chart.positions} />}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
