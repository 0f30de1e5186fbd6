/** The penalty of each class, in percentage points. */
import type { ReactNode } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { bareAxis, chartMargin, signedTick, valueAxis } from "../../results/charts/axes";

export interface ClassBar {
  readonly name: string;
  /** In percentage points. */
  readonly penalty: number;
}

interface Props {
  readonly bars: readonly ClassBar[];
  /** Over all classes, in percentage points. */
  readonly mean: number;
}

export function ClassPenaltyChart({ bars, mean }: Props): ReactNode {
  return (
    <ResponsiveContainer width="100%" height={26 * bars.length + 40}>
      <BarChart
        data={[...bars]}
        layout="vertical"
        margin={chartMargin}
        aria-label="Penalty by class; the arrow keys go from class to class"
      >
        <CartesianGrid stroke="var(--grid)" horizontal={false} />
        <XAxis
          type="number"
          {...valueAxis([...bars.map(({ penalty }) => penalty), mean], 5)}
          tickFormatter={signedTick}
        />
        <YAxis type="category" dataKey="name" width={84} interval={0} {...bareAxis} />
        <ReferenceLine x={0} stroke="var(--top)" strokeWidth={2} />
        <ReferenceLine x={mean} stroke="var(--stitch)" strokeDasharray="4 4" />
        <Bar dataKey="penalty" fill="var(--stitch)" isAnimationActive={false} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--stitch)", fillOpacity: 0.1 }}
          content={({ active, payload }) => {
            const bar = payload[0]?.payload as ClassBar | undefined;
            return active && bar ? (
              <div className="layer-tooltip">
                <strong>{bar.name}</strong>
                <span>{signedTick(Number(bar.penalty.toFixed(1)))} points</span>
              </div>
            ) : null;
          }}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
