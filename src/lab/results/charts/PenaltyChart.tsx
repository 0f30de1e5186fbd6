/** Stitching penalty by layer, in percentage points, with error bars and both base errors. */
import type { ReactNode } from "react";
import {
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Tap } from "../../../core/nets/architecture";
import { pointsAsked, type ChartPoint } from "./chart-data";
import { layerAxis, LayerTick, marginFor, syncId, valueAxisPadding } from "./layer-axis";
import { scaledAxis, signedTick } from "./axes";
import { DirectLabels } from "./DirectLabels";
import { curveEnds } from "./EndNames";
import { penaltyScale } from "./layer-scales";
import { OtherCurves, type OtherCurve } from "./OtherCurves";
import { useChartSizes } from "./chart-sizes";
import { usePointer } from "./pointer";
import { useRoomForLabels } from "./use-room";
import { InspectDot, type ActiveDot } from "./InspectDot";
import { PenaltyTooltip } from "./LayerTooltip";

export interface PenaltyChartProps {
  readonly sites: readonly Tap[];
  readonly points: readonly ChartPoint[];
  readonly others: readonly OtherCurve[];
  /** Of the first curve, where there are others. */
  readonly label: string | null;
  readonly trained: boolean;
  /** Bottom's error minus the top's, in percentage points; null until both are known. */
  readonly errorDifference: number | null;
}

export function PenaltyChart(props: PenaltyChartProps): ReactNode {
  const { sites, points, others, label, trained, errorDifference } = props;
  const { layer, pointer } = usePointer();
  const measures = useChartSizes();
  const room = useRoomForLabels();
  const ends = room
    ? curveEnds(
        { label, values: points.map((point) => point.penalty ?? point.leastSquares) },
        others,
      )
    : [];
  return (
    <ResponsiveContainer width="100%" height={measures.penaltyHeight}>
      <ComposedChart
        data={pointsAsked(points)}
        margin={marginFor(ends.length > 0, measures)}
        syncId={syncId}
        {...pointer}
        aria-label="Penalty by layer; the arrow keys go from layer to layer"
      >
        <CartesianGrid stroke="var(--grid)" />
        {layer !== null && (
          <ReferenceLine
            className="chosen-layer"
            x={layer}
            stroke="var(--stitch)"
            strokeWidth={14}
            strokeOpacity={0.14}
          />
        )}
        <XAxis
          {...layerAxis(points)}
          tick={<LayerTick sites={sites} />}
          height={measures.namesHeight}
        />
        <YAxis
          width={measures.valueAxisWidth}
          {...scaledAxis(penaltyScale(points, others, errorDifference))}
          // Without it recharts draws no scale until there are values. It also cuts off what reaches
          // over the ends, hence the padding.
          allowDataOverflow
          padding={valueAxisPadding}
          interval={0}
          tickFormatter={signedTick}
        />
        <ReferenceLine y={0} stroke="var(--top)" strokeWidth={2} />
        {errorDifference !== null && (
          <ReferenceLine
            y={errorDifference}
            stroke="var(--bottom)"
            strokeWidth={2}
            strokeDasharray="7 5"
          />
        )}
        {trained && (
          <Line
            dataKey="leastSquares"
            stroke="var(--stitch-light)"
            strokeDasharray="2 4"
            strokeWidth={2}
            dot={{ r: 4, fill: "var(--surface)", strokeWidth: 2, strokeDasharray: "none" }}
            isAnimationActive={false}
          />
        )}
        <Line
          dataKey="penalty"
          stroke="var(--stitch)"
          strokeWidth={2.5}
          dot={dot}
          activeDot={({ cx, cy, payload }: ActiveDot) => (
            <InspectDot {...{ cx, cy, payload }} fill="var(--stitch)" />
          )}
          isAnimationActive={false}
        >
          <ErrorBar
            dataKey="standardError"
            width={5}
            stroke="var(--stitch)"
            strokeWidth={2}
            isAnimationActive={false}
          />
        </Line>
        <OtherCurves curves={others} />
        <DirectLabels ends={ends} colour="var(--stitch)" />
        <Tooltip
          content={<PenaltyTooltip points={points} curve={label} trained={trained} />}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

const dot = { r: 4, fill: "var(--stitch)", strokeWidth: 0 };
