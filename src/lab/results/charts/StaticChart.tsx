/**
 * A chart of layers as it looks before anybody uses it: same scales, same places, but a handful of elements and no
 * library. It answers nothing; `ChartPlace` puts the real one in its stead.
 */
import type { ReactNode } from "react";
import { useLayer } from "../../view/layer-context";
import { chartMargin, valuePadding } from "./axes";
import { curveEnds, EndNames } from "./EndNames";
import { curveColour, linePath } from "./curves";
import { endRoom, nameParts } from "./layer-axis";
import { useChartSizes } from "./chart-sizes";
import type { OtherCurve } from "./OtherCurves";
import type { Scale } from "./scale";

export interface StaticPoint {
  /** Layer of the axis. */
  readonly at: number;
  readonly value: number | null;
}

/** One without a marker of its own. */
interface StillCurve {
  readonly colour: string;
  readonly width: number;
  readonly dashes?: string;
  readonly dots: boolean;
  readonly values: readonly StaticPoint[];
}

export interface StaticPicture {
  /** Of the axis. */
  readonly layers: number;
  /** Of those layers that are named. */
  readonly names: readonly { readonly at: number; readonly name: string }[];
  readonly scale: Scale;
  readonly tickText: (value: number) => string;
  /** The first curve last, above what belongs to it. */
  readonly curves: readonly StillCurve[];
  readonly others: readonly OtherCurve[];
  /** Of the first curve, where there are others. */
  readonly label: string | null;
}

interface Props extends StaticPicture {
  /** In CSS pixels. */
  readonly height: number;
}

/** Of the drawing of the plot, which is stretched to its place. */
const width = 1000;

export function StaticChart(props: Props): ReactNode {
  const { layers, names, scale, tickText, curves, others, label, height } = props;
  const { layer } = useLayer();
  const { valueAxisWidth, namesHeight, labelsWidth } = useChartSizes();
  const first = curves.at(-1);
  const ends = curveEnds({ label, values: first?.values.map(({ value }) => value) ?? [] }, others);
  const { top } = chartMargin;
  const left = chartMargin.left + valueAxisWidth;
  // In a narrow window the style sheet takes the names and their room away, so that the build can write either.
  const right = ends.length > 0 ? labelsWidth : chartMargin.right;
  const forNames = right - chartMargin.right;
  const plotHeight = height - top - chartMargin.bottom - namesHeight;
  const [low, high] = scale.domain;
  const room = endRoom(layers);
  const x = (at: number): number => (width * (at + room)) / (layers - 1 + 2 * room);
  const y = (value: number): number =>
    valuePadding + ((high - value) / (high - low)) * (plotHeight - 2 * valuePadding);
  const upright = (at: number): string => `M${String(x(at))} 0V${String(plotHeight)}`;
  const level = (value: number): string => `M0 ${String(y(value))}H${String(width)}`;
  return (
    <div className="still-chart" aria-hidden="true">
      {scale.ticks.map((tick) => (
        <span key={tick} className="still-value" style={{ width: left - 8, top: top + y(tick) }}>
          {tickText(tick)}
        </span>
      ))}
      <div
        className="still-plot"
        style={{ left, right: chartMargin.right, marginRight: forNames, top, height: plotHeight }}
      >
        <svg viewBox={`0 0 ${String(width)} ${String(plotHeight)}`} preserveAspectRatio="none">
          <path
            className="still-grid"
            d={[...scale.ticks.map(level), ...names.map(({ at }) => upright(at))].join("")}
          />
          {layer !== null && <path className="still-layer" d={upright(layer)} />}
          {curves.map(({ values, ...look }) => (
            <Curve
              key={look.colour}
              {...look}
              points={values.map(({ at, value }) => (value === null ? null : [x(at), y(value)]))}
            />
          ))}
          {others.map(({ index, points }) => (
            <Curve
              key={index}
              colour={curveColour(index)}
              width={2}
              dots
              points={points.map((point) => point && [x(point.at), y(point.value)])}
            />
          ))}
        </svg>
        {names.map(({ at, name }) => (
          <LayerName key={name} name={name} left={(100 * x(at)) / width} />
        ))}
      </div>
      {ends.length > 0 && (
        <svg className="still-names" style={{ width: right }}>
          <EndNames
            {...{ ends, top }}
            colour={first?.colour ?? ""}
            right={0}
            bottom={top + plotHeight}
            y={(value) => top + y(value)}
          />
        </svg>
      )}
    </div>
  );
}

interface CurveProps extends Omit<StillCurve, "values"> {
  readonly points: readonly (readonly [number, number] | null)[];
}

function Curve({ colour, width, dashes, dots, points }: CurveProps): ReactNode {
  const places = points
    .map((point) => point && `M${String(point[0])} ${String(point[1])}h0`)
    .join("");
  return (
    <g stroke={colour}>
      <path d={linePath(points)} strokeWidth={width} strokeDasharray={dashes} />
      {/* Lines of no length with round ends, which stay round however the drawing is stretched. */}
      {dots && <path className="still-dots" d={places} />}
      {dots && dashes !== undefined && <path className="still-dots still-hollow" d={places} />}
    </g>
  );
}

function LayerName({ name, left }: { readonly name: string; readonly left: number }): ReactNode {
  const [word, rest] = nameParts(name);
  return (
    <span className="still-name" style={{ left: `${String(left)}%` }}>
      {word !== "" && <span className="layer-word">{word}</span>}
      {rest}
    </span>
  );
}
