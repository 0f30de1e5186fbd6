/** A stitch's training loss by step. */
import type { ReactNode } from "react";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { LossPoint } from "../../../core/stitch/training/loss-curve";
import { bareAxis, chartMargin, valueAxis } from "../../results/charts/axes";

interface Props {
  readonly points: readonly LossPoint[];
  /** Of guessing among all classes alike, in nats. */
  readonly chance: number;
}

export function LossChart({ points, chance }: Props): ReactNode {
  const finite = points.map(({ loss }) => loss).filter(Number.isFinite);
  return (
    <ResponsiveContainer width="100%" height={200}>
      <LineChart
        data={points.map(({ step, loss }) => ({ step, loss: Number.isFinite(loss) ? loss : null }))}
        margin={chartMargin}
        aria-label="Training loss by step; the arrow keys go from step to step"
      >
        <CartesianGrid stroke="var(--grid)" vertical={false} />
        <XAxis dataKey="step" type="number" domain={[0, "dataMax"]} {...bareAxis} />
        <YAxis
          width={44}
          {...valueAxis(finite, 0.1)}
          tickFormatter={(value: number) => String(Number(value.toFixed(3)))}
        />
        <ReferenceLine y={chance} stroke="var(--muted)" strokeDasharray="2 4" />
        <Line
          dataKey="loss"
          stroke="var(--stitch)"
          strokeWidth={2}
          dot={points.length === 1}
          isAnimationActive={false}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ active, payload }) => {
            const point = payload[0]?.payload as { step: number; loss: number | null } | undefined;
            return active && point ? (
              <div className="layer-tooltip">
                <strong>Step {point.step}</strong>
                <span>loss {point.loss?.toFixed(3) ?? "not finite"}</span>
              </div>
            ) : null;
          }}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
