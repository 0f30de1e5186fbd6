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
import { roundScale } from "./scale";

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
  const { domain, ticks } = roundScale([...bars.map(({ penalty }) => penalty), mean], 5);
  return (
    <ResponsiveContainer width="100%" height={26 * bars.length + 40}>
      <BarChart
        data={[...bars]}
        layout="vertical"
        margin={{ top: 8, right: 12, bottom: 4, left: 0 }}
        aria-label="Penalty by class; the arrow keys go from class to class"
      >
        <CartesianGrid stroke="var(--grid)" horizontal={false} />
        <XAxis
          type="number"
          domain={[...domain]}
          ticks={[...ticks]}
          tickFormatter={signed}
          axisLine={false}
          tickLine={false}
        />
        <YAxis
          type="category"
          dataKey="name"
          width={84}
          interval={0}
          axisLine={false}
          tickLine={false}
        />
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
                <span>{signed(Number(bar.penalty.toFixed(1)))} points</span>
              </div>
            ) : null;
          }}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

function signed(value: number): string {
  const text = String(Math.abs(value));
  return value < 0 ? `−${text}` : value > 0 ? `+${text}` : "0";
}
