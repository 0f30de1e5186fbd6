/**
 * A chart of layers that answers the pointer. Fetched apart, since recharts is larger than the rest
 * of the page.
 */
import { useMemo, type ReactNode } from "react";
import { ErrorBar, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { nameParts } from "./axes";
import { useChartSizes, useRoomForLabels } from "./chart-sizes";
import { cssColour, type Axis, type ChartDescription, type Look, type Series } from "./description";
import { InspectDot, usePointer, type ActiveDot } from "./pointer";
import { chartMargin, valuePadding } from "./layout";
import { OtherCurves } from "./OtherCurves";
import { axisProps, ChartTooltip, PlotLines } from "./recharts-parts";

interface Props {
  readonly chart: ChartDescription;
  /** In CSS pixels. */
  readonly height: number;
}

const valueAxisPadding = { top: valuePadding, bottom: valuePadding };

export function LayerChart({ chart, height }: Props): ReactNode {
  const { layer, pointer } = usePointer();
  const sizes = useChartSizes();
  const room = useRoomForLabels();
  const ends = room ? chart.ends : [];
  const rows = useMemo(() => rowsOf(chart), [chart]);
  return (
    <ResponsiveContainer width="100%" height={height}>
      <LineChart
        data={rows}
        margin={ends.length > 0 ? { ...chartMargin, right: sizes.labelsWidth } : chartMargin}
        // Hovering in one chart shows the same layer in the other.
        syncId="layer"
        {...pointer}
        aria-label={chart.ariaLabel}
      >
        <PlotLines chart={chart} marked={layer} />
        <XAxis
          dataKey="at"
          {...axisProps(chart.x)}
          tick={<LayerTick axis={chart.x} />}
          height={sizes.namesHeight}
        />
        <YAxis
          width={sizes.valueAxisWidth}
          {...axisProps(chart.y)}
          // Without it recharts draws no scale until there are values. It also cuts off what
          // reaches over the ends, hence the padding.
          allowDataOverflow
          padding={valueAxisPadding}
        />
        {chart.series.filter(isLine).map((series, index) => (
          <Line
            key={series.name}
            dataKey={`y${index}`}
            {...lineProps(series.look)}
            activeDot={activeDot(series)}
            isAnimationActive={false}
          >
            {series.points.some(({ standardError }) => typeof standardError === "number") && (
              <ErrorBar
                dataKey={`error${index}`}
                width={5}
                stroke={cssColour(series.look.colour)}
                strokeWidth={2}
                isAnimationActive={false}
              />
            )}
          </Line>
        ))}
        <OtherCurves curves={chart.series.filter((series) => !isLine(series))} ends={ends} />
        <Tooltip content={<ChartTooltip positions={chart.positions} />} isAnimationActive={false} />
      </LineChart>
    </ResponsiveContainer>
  );
}

/**
 * One row for each position, as recharts reads them: `y0` is the first line's value, `error0` its
 * bar.
 */
function rowsOf({ positions, series }: ChartDescription) {
  return positions.map(({ at }, place) => {
    const row: Record<string, number | null> = { at };
    for (const [index, { points }] of series.filter(isLine).entries()) {
      row[`y${index}`] = points[place]?.y ?? null;
      row[`error${index}`] = points[place]?.standardError ?? null;
    }
    return row;
  });
}

/**
 * Whether recharts draws it; a curve with a marker of its own may have points between the layers.
 */
function isLine({ look }: Series): boolean {
  return typeof look.marker !== "number";
}

function lineProps({ colour, width, dashes, marker }: Look) {
  const stroke = cssColour(colour);
  const dots = {
    dot: { r: 4, fill: stroke, strokeWidth: 0 },
    ring: { r: 4, fill: "var(--surface)", strokeWidth: 2, strokeDasharray: "none" },
  };
  return {
    stroke,
    strokeWidth: width,
    ...(dashes !== undefined && { strokeDasharray: dashes }),
    dot: typeof marker === "string" && dots[marker],
  };
}

/** The point under the pointer, which opens the inspector where it is a stitch. */
function activeDot({ curve, look }: Series) {
  if (curve === undefined) return look.marker !== undefined;
  return ({ cx, cy, payload }: ActiveDot) => (
    <InspectDot {...{ cx, cy, payload, curve }} fill={cssColour(look.colour)} />
  );
}

interface TickProps {
  readonly x?: string | number;
  readonly y?: string | number;
  readonly payload?: { readonly value: number };
  readonly axis: Axis;
}

/** A layer's name. Where room is short the style sheet hides the word before a number. */
function LayerTick({ x, y, payload, axis }: TickProps): ReactNode {
  const { namesDrop } = useChartSizes();
  const [word, number] = nameParts(axis.ticks.find(({ at }) => at === payload?.value)?.text ?? "");
  return (
    <text className="layer-tick" x={x} y={Number(y ?? 0) + namesDrop} textAnchor="middle">
      {word !== "" && <tspan className="layer-word">{word}</tspan>}
      <tspan>{number}</tspan>
    </text>
  );
}
