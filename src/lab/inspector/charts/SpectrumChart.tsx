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
import { bareAxis, chartMargin, valueAxis } from "../../results/charts/axes";

interface Props {
  /** The largest first. */
  readonly values: ArrayLike<number>;
  readonly effectiveRank: number | null;
}

export function SpectrumChart({ values, effectiveRank }: Props): ReactNode {
  const points = Array.from(values, (value, k) => ({ place: k + 1, value }));
  return (
    <ResponsiveContainer width="100%" height={200}>
      <AreaChart
        data={points}
        margin={{ ...chartMargin, top: 18 }}
        aria-label="Singular values; the arrow keys go from one to the next"
      >
        <CartesianGrid stroke="var(--grid)" vertical={false} />
        <XAxis dataKey="place" type="number" domain={[1, "dataMax"]} {...bareAxis} />
        <YAxis
          width={44}
          {...valueAxis([values[0] ?? 0], 0.01)}
          tickFormatter={(value: number) => String(Number(value.toPrecision(3)))}
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
