/**
 * A chart of layers as it looks before anybody uses it: the same scales and places, but a handful
 * of elements and no library. `ChartPlace` replaces it with the one that answers.
 */
import type { MouseEvent, ReactNode } from "react";
import { useLayer } from "../../view/result-contexts";
import { nameParts } from "./axes";
import { useChartSizes } from "./chart-sizes";
import { linePath } from "./curves";
import { cssColour, type ChartDescription, type Series } from "./description";
import { EndNames } from "./curve-parts";
import { chartMargin, valuePadding } from "./layout";

interface Props {
  readonly chart: ChartDescription;
  /** In CSS pixels. */
  readonly height: number;
}

/** Of the drawing of the plot, which is stretched to its place. */
const width = 1000;

export function StaticChart({ chart, height }: Props): ReactNode {
  const { ends } = chart;
  const { layer, choose } = useLayer();
  const { valueAxisWidth, namesHeight, labelsWidth } = useChartSizes();
  const { top } = chartMargin;
  const left = chartMargin.left + valueAxisWidth;
  // In a narrow window the style sheet takes the names and their room away: the build writes for
  // either.
  const right = ends.length > 0 ? labelsWidth : chartMargin.right;
  const forNames = right - chartMargin.right;
  const plotHeight = height - top - chartMargin.bottom - namesHeight;
  const [first, last] = chart.x.domain;
  const [low, high] = chart.y.domain;
  const x = (at: number): number => (width * (at - first)) / (last - first);
  const y = (value: number): number =>
    valuePadding + ((high - value) / (high - low)) * (plotHeight - 2 * valuePadding);
  const upright = (at: number): string => `M${x(at)} 0V${plotHeight}`;
  const level = (value: number): string => `M0 ${y(value)}H${width}`;
  const chooseNearest = ({ clientX, currentTarget }: MouseEvent): void => {
    const box = currentTarget.getBoundingClientRect();
    const at = first + ((clientX - box.left) / box.width) * (last - first);
    const [nearest] = chart.positions
      .map((position) => position.at)
      .sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
    if (nearest !== undefined) choose(nearest);
  };
  return (
    <div className="still-chart" aria-hidden="true">
      {chart.y.ticks.map(({ at, text }) => (
        <span key={at} className="still-value" style={{ width: left - 8, top: top + y(at) }}>
          {text}
        </span>
      ))}
      <div
        className="still-plot"
        onClick={chooseNearest}
        style={{ left, right: chartMargin.right, marginRight: forNames, top, height: plotHeight }}
      >
        <svg viewBox={`0 0 ${width} ${plotHeight}`} preserveAspectRatio="none">
          <path
            className="still-grid"
            d={[
              ...chart.y.ticks.map(({ at }) => level(at)),
              ...chart.x.ticks.map(({ at }) => upright(at)),
            ].join("")}
          />
          {layer !== null && <path className="still-layer" d={upright(layer)} />}
          {chart.lines.map(({ at, look }) => (
            <path
              key={look.colour}
              d={level(at)}
              stroke={cssColour(look.colour)}
              strokeWidth={look.width}
              strokeDasharray={look.dashes}
            />
          ))}
          {chart.series.map((series) => (
            <Curve
              key={series.name}
              look={series.look}
              points={series.points.map((point) =>
                point.y === null ? null : [x(point.x), y(point.y)],
              )}
            />
          ))}
        </svg>
        {chart.x.ticks.map(({ at, text }) => (
          <LayerName key={text} name={text} left={(100 * x(at)) / width} />
        ))}
      </div>
      {ends.length > 0 && (
        <svg className="still-names" style={{ width: right }}>
          <EndNames
            {...{ ends, top }}
            right={0}
            bottom={top + plotHeight}
            y={(value) => top + y(value)}
          />
        </svg>
      )}
    </div>
  );
}

interface CurveProps extends Pick<Series, "look"> {
  readonly points: readonly (readonly [number, number] | null)[];
}

function Curve({ look: { colour, width, dashes, marker }, points }: CurveProps): ReactNode {
  const places = points.map((point) => point && `M${point[0]} ${point[1]}h0`).join("");
  return (
    <g stroke={cssColour(colour)}>
      <path d={linePath(points)} strokeWidth={width} strokeDasharray={dashes} />
      {/* Lines of no length with round ends, which stay round however the drawing is stretched. */}
      {marker !== undefined && <path className="still-dots" d={places} />}
      {marker === "ring" && <path className="still-dots still-hollow" d={places} />}
    </g>
  );
}

function LayerName({ name, left }: { readonly name: string; readonly left: number }): ReactNode {
  const [word, rest] = nameParts(name);
  return (
    <span className="still-name" style={{ left: `${left}%` }}>
      {word !== "" && <span className="layer-word">{word}</span>}
      {rest}
    </span>
  );
}
