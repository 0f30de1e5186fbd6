/** Singular values of a stitch's matrix, the largest first, with its effective rank. */
import type { ReactNode } from "react";
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { roundScale } from "./scale";

interface Props {
  /** The largest first. */
  readonly values: ArrayLike<number>;
  readonly effectiveRank: number | null;
}

export function SpectrumChart({ values, effectiveRank }: Props): ReactNode {
  const points = Array.from(values, (value, k) => ({ place: k + 1, value }));
  const { domain, ticks } = roundScale([values[0] ?? 0], 0.01);
  return (
    <ResponsiveContainer width="100%" height={200}>
      <AreaChart
        data={points}
        margin={{ top: 18, right: 12, bottom: 4, left: 0 }}
        aria-label="Singular values; the arrow keys go from one to the next"
      >
        <CartesianGrid stroke="var(--grid)" vertical={false} />
        <XAxis
          dataKey="place"
          type="number"
          domain={[1, "dataMax"]}
          axisLine={false}
          tickLine={false}
        />
        <YAxis
          width={44}
          domain={[...domain]}
          ticks={[...ticks]}
          tickFormatter={(value: number) => String(Number(value.toPrecision(3)))}
          axisLine={false}
          tickLine={false}
        />
        <Area
          dataKey="value"
          stroke="var(--stitch)"
          strokeWidth={2}
          fill="var(--stitch)"
          fillOpacity={0.15}
          isAnimationActive={false}
        />
        {effectiveRank !== null && (
          <ReferenceLine
            x={effectiveRank}
            stroke="var(--ink)"
            strokeDasharray="4 4"
            label={{ value: "effective rank", position: "top", fontSize: 12, fill: "var(--muted)" }}
          />
        )}
        <Tooltip
          isAnimationActive={false}
          content={({ active, payload }) => {
            const point = payload[0]?.payload as { place: number; value: number } | undefined;
            return active && point ? (
              <div className="layer-tooltip">
                <strong>Singular value {point.place}</strong>
                <span>{point.value.toPrecision(3)}</span>
              </div>
            ) : null;
          }}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}
