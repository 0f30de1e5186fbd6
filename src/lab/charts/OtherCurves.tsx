/**
 * Curves beside the first one, drawn on the chart's own scales: recharts has one set of points a chart, and these
 * may lie between its layers. Each has a hue and a marker of its own.
 */
import type { ReactNode } from "react";
import { useXAxisScale, useYAxisScale } from "recharts";
import { useInspect } from "../views/inspect-context";
import { curveColour, hueRound } from "./hues";

export interface OtherPoint {
  /** Its own tap, in its own curve. */
  readonly tap: number;
  /** Place on the layer axis; a network with more layers has some in between. */
  readonly at: number;
  readonly value: number;
  readonly standardError: number | null;
}

export interface OtherCurve {
  readonly label: string;
  /** Place among the others, which decides hue and marker. */
  readonly index: number;
  /** In the order of the layers; a gap where a layer has no value yet. */
  readonly points: readonly (OtherPoint | null)[];
}

/** Outlines within ±1, the next shape for every next curve. */
const markers = [
  "M-1 -1H1V1H-1Z",
  "M0 -1.3L1.2 0.9H-1.2Z",
  "M0 -1.35L1.35 0L0 1.35L-1.35 0Z",
  "M0 1.3L1.2 -0.9H-1.2Z",
  "M-1 -0.35H-0.35V-1H0.35V-0.35H1V0.35H0.35V1H-0.35V0.35H-1Z",
  "M-1.1 -1.1L1.1 1.1M1.1 -1.1L-1.1 1.1",
] as const;
const markerRadius = 4;

/** The marker of a curve, centred on 0, 0. */
export function CurveMarker({ index }: { readonly index: number }): ReactNode {
  // Hues repeat after six, markers one place further on, so that no two curves look the same.
  const shape = markers[(index + hueRound(index)) % markers.length];
  const colour = curveColour(index);
  return (
    <path
      d={shape}
      transform={`scale(${String(markerRadius)})`}
      fill={colour}
      stroke={colour}
      strokeWidth={0.4}
    />
  );
}

export function OtherCurves({ curves }: { readonly curves: readonly OtherCurve[] }): ReactNode {
  const inspect = useInspect();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!x || !y) return null;
  const scaled = (scale: (value: number) => number | undefined, value: number): number =>
    scale(value) ?? 0;
  return curves.map(({ index, points }) => (
    <g key={index}>
      <path
        d={pathOf(points.map((point) => point && [scaled(x, point.at), scaled(y, point.value)]))}
        fill="none"
        stroke={curveColour(index)}
        strokeWidth={2}
      />
      {points.map(
        (point) =>
          point && (
            <g
              key={point.at}
              className="chart-point"
              onClick={() => {
                inspect?.({ curve: index + 1, tap: point.tap });
              }}
              transform={`translate(${String(scaled(x, point.at))} ${String(scaled(y, point.value))})`}
            >
              {point.standardError !== null && (
                <path
                  d={`M0 ${String(scaled(y, point.value - point.standardError) - scaled(y, point.value))}V${String(scaled(y, point.value + point.standardError) - scaled(y, point.value))}`}
                  stroke={curveColour(index)}
                  strokeWidth={1.5}
                />
              )}
              <CurveMarker index={index} />
            </g>
          ),
      )}
    </g>
  ));
}

/** Lines between neighbours that are both there. */
function pathOf(points: readonly (readonly [number, number] | null)[]): string {
  return points
    .map((point, index) => {
      if (point === null) return "";
      const begins = index === 0 || points[index - 1] === null;
      return `${begins ? "M" : "L"}${String(point[0])} ${String(point[1])}`;
    })
    .join("");
}
