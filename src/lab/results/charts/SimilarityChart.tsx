/** Similarity by layer, and what the measure gives representations that have nothing in common. */
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
import type { Tap } from "../../../core/nets/architecture";
import { pointsAsked, type ChartPoint } from "./chart-data";
import { InspectDot, type ActiveDot } from "./InspectDot";
import { layerAxis, LayerTick, marginFor, syncId, valueAxisPadding } from "./layer-axis";
import { plainTick, scaledAxis } from "./axes";
import { DirectLabels } from "./DirectLabels";
import { curveEnds } from "./EndNames";
import { similarityScale } from "./layer-scales";
import { OtherCurves, type OtherCurve } from "./OtherCurves";
import { useRoomForLabels } from "./use-room";
import { useChartSizes } from "./chart-sizes";
import { usePointer } from "./pointer";
import { SimilarityTooltip } from "./LayerTooltip";

export interface SimilarityChartProps {
  readonly sites: readonly Tap[];
  readonly points: readonly ChartPoint[];
  readonly others: readonly OtherCurve[];
  /** Of the first curve, where there are others. */
  readonly label: string | null;
}

export function SimilarityChart({ sites, points, others, label }: SimilarityChartProps): ReactNode {
  const { layer, pointer } = usePointer();
  const measures = useChartSizes();
  const room = useRoomForLabels();
  const ends = room
    ? curveEnds({ label, values: points.map((point) => point.similarity) }, others)
    : [];
  const scale = similarityScale(points, others);
  const asked = pointsAsked(points);
  return (
    <ResponsiveContainer width="100%" height={measures.similarityHeight}>
      <LineChart
        data={asked}
        margin={marginFor(ends.length > 0, measures)}
        syncId={syncId}
        {...pointer}
        aria-label="Similarity by layer; the arrow keys go from layer to layer"
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
          {...scaledAxis(scale)}
          // Without it recharts draws no scale until there are values. It also cuts off what reaches
          // over the ends, hence the padding.
          allowDataOverflow
          padding={valueAxisPadding}
          interval={0}
          tickFormatter={plainTick}
        />
        {scale.domain[0] < 0 && <ReferenceLine y={0} stroke="var(--muted)" />}
        {/* Of one layer recharts would draw a dot, which nothing in the legend is. */}
        {asked.length > 1 && (
          <Line
            dataKey="chance"
            {...chanceLook}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        )}
        {asked.length === 1 && typeof asked[0]?.chance === "number" && (
          <ReferenceLine y={asked[0].chance} {...chanceLook} />
        )}
        <Line
          dataKey="similarity"
          stroke="var(--similarity)"
          strokeWidth={2.5}
          dot={{ r: 4, fill: "var(--similarity)", strokeWidth: 0 }}
          activeDot={({ cx, cy, payload }: ActiveDot) => (
            <InspectDot {...{ cx, cy, payload }} fill="var(--similarity)" />
          )}
          isAnimationActive={false}
        />
        <OtherCurves curves={others} />
        <DirectLabels ends={ends} colour="var(--similarity)" />
        <Tooltip
          content={<SimilarityTooltip points={points} curve={label} />}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}

const chanceLook = { stroke: "var(--muted)", strokeDasharray: "2 4", strokeWidth: 1.5 };
