/**
 * Grid, reference lines and curves of a plot, in a drawing of 100 by 100 units that is stretched to
 * its place. Lines keep their width, and dots, which are lines of no length with round ends, stay
 * round: the picture needs no measuring, so the build can write it.
 */
import type { ReactNode } from "react";
import { cssColour } from "../../format/colour-roles";
import { bandPath, curvePaths } from "./curve-paths";
import {
  leavesScale,
  slotPercent,
  valuePercent,
  type LayerAxis,
  type LayerPlot,
  type LineLook,
  type PlotCurve,
} from "./layer-plot";

interface Props extends Pick<
  LayerPlot,
  "domain" | "ticks" | "levels" | "ranges" | "band" | "curves"
> {
  readonly axis: LayerAxis;
  /** Index of the curve that is pointed at; null for none. */
  readonly raised: number | null;
}

export function PlotCurves(props: Props): ReactNode {
  const { axis, domain, ticks, levels, ranges, band, curves, raised } = props;
  const x = (at: number): string => rounded(slotPercent(at, axis));
  const y = (value: number): string => rounded(valuePercent(value, domain));
  return (
    <svg className="plot-lines" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {ranges.map(({ from, to, left, right }) => (
        <path
          key={from}
          className="plot-range"
          d={`M${rounded(left)} ${y(from)}H${rounded(right)}V${y(to)}H${rounded(left)}Z`}
        />
      ))}
      {band && <path className="plot-band" d={bandPath(band, { x, y })} />}
      <path className="plot-grid" d={ticks.map(({ value }) => `M0 ${y(value)}H100`).join("")} />
      {levels.map(({ value, look }) => (
        <path key={look.colour} d={`M0 ${y(value)}H100`} {...strokeOf(look)} />
      ))}
      {curves.map((curve) => (
        <Curve
          key={`${curve.index} ${curve.name}`}
          {...{ curve, axis, domain }}
          faded={raised !== null && curve.index !== raised}
        />
      ))}
    </svg>
  );
}

/** Of more points than these, the dots are small. */
const mostLarge = 40;

interface CurveProps {
  readonly curve: PlotCurve;
  readonly axis: LayerAxis;
  readonly domain: LayerPlot["domain"];
  readonly faded: boolean;
}

function Curve({ curve, axis, domain, faded }: CurveProps): ReactNode {
  const { look, marker, ribbon, before = false } = curve;
  const paths = curvePaths(curve, {
    x: (at) => rounded(slotPercent(at, axis)),
    y: (value) => rounded(valuePercent(value, domain)),
  });
  const dots = paths.dots.map(({ x, y }) => `M${x} ${y}h0`).join("");
  return (
    // What leaves the scale is cut off at the plot's edge; dots at the edge are not.
    <Clipped
      clip={leavesScale(curve, domain)}
      className={curveClass({ before, faded, dense: curve.points.length > mostLarge })}
    >
      {ribbon && (
        <path className="plot-ribbon" style={{ fill: cssColour(look.colour) }} d={paths.ribbon} />
      )}
      <path d={paths.line} {...strokeOf(look)} />
      {marker !== "none" && <path className="plot-dots" d={dots} stroke={cssColour(look.colour)} />}
      {marker === "ring" && <path className="plot-dots plot-hollow" d={dots} />}
    </Clipped>
  );
}

function curveClass(looks: Readonly<Record<"before" | "faded" | "dense", boolean>>): string {
  const on = Object.entries(looks).flatMap(([name, isOn]) => (isOn ? [name] : []));
  return ["plot-curve", ...on].join(" ");
}

interface ClippedProps {
  readonly clip: boolean;
  readonly className: string;
  readonly children: ReactNode;
}

function Clipped({ clip, className, children }: ClippedProps): ReactNode {
  if (!clip) return <g className={className}>{children}</g>;
  return (
    <svg className={className} width="100" height="100" overflow="hidden">
      {children}
    </svg>
  );
}

function strokeOf({ colour, width, dashes }: LineLook) {
  return { stroke: cssColour(colour), strokeWidth: width, strokeDasharray: dashes };
}

function rounded(value: number): string {
  return String(Math.round(100 * value) / 100);
}
