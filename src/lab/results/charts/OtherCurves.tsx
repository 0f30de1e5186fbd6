/**
 * Curves after the first one, and the names at the curves' ends, drawn on the chart's own scales:
 * recharts has one set of points a chart, and these may lie between its layers.
 */
import type { ReactNode } from "react";
import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { useInspect } from "../../view/result-contexts";
import { CurveMarker, EndNames } from "./curve-parts";
import { linePath } from "./curves";
import { cssColour, type EndLabel, type Series } from "./description";

interface Props {
  /** Each with a marker of its own. */
  readonly curves: readonly Series[];
  readonly ends: readonly EndLabel[];
}

export function OtherCurves({ curves, ends }: Props): ReactNode {
  const plot = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (!plot || !xScale || !yScale) return null;
  const x = (value: number): number => xScale(value) ?? 0;
  const y = (value: number): number => yScale(value) ?? 0;
  return (
    <>
      {curves.map((series) => (
        <OtherCurve key={series.name} {...{ series, x, y }} />
      ))}
      <EndNames
        {...{ ends, y }}
        right={plot.x + plot.width}
        top={plot.y}
        bottom={plot.y + plot.height}
      />
    </>
  );
}

interface CurveProps {
  readonly series: Series;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function OtherCurve({ series, x, y }: CurveProps): ReactNode {
  const inspect = useInspect();
  const { look, curve, points } = series;
  const stroke = cssColour(look.colour);
  return (
    <g>
      <path
        d={linePath(points.map((point) => (point.y === null ? null : [x(point.x), y(point.y)])))}
        fill="none"
        stroke={stroke}
        strokeWidth={look.width}
      />
      {points.map(
        ({ x: at, y: value, standardError, site }) =>
          value !== null && (
            <g
              key={at}
              className="chart-point"
              onClick={() => {
                if (curve !== undefined && site !== undefined) inspect?.({ curve, site });
              }}
              transform={`translate(${x(at)} ${y(value)})`}
            >
              {typeof standardError === "number" && (
                <path
                  d={`M0 ${y(value - standardError) - y(value)}V${y(value + standardError) - y(value)}`}
                  stroke={stroke}
                  strokeWidth={1.5}
                />
              )}
              <CurveMarker index={Number(look.marker)} />
            </g>
          ),
      )}
    </g>
  );
}
