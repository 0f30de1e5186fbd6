/**
 * Penalty curves as a small drawing: a figure's in the gallery, or a result's in the library. What
 * lies outside of its range runs off the edge, or along it with its value.
 */
import type { ReactNode } from "react";
import { signed } from "../format/numbers";
import { offRange, tickIn, type Range, type SketchRole } from "./sketch-scale";

interface Props {
  /** One array a curve, by layer; a gap where there is no value. */
  readonly curves: readonly (readonly (number | null)[])[];
  /** By curve; the first one is the main curve by default. */
  readonly roles?: readonly SketchRole[];
  readonly range: Range;
  readonly height: number;
  /** Whether what leaves the range is drawn along its edge, with the furthest value. */
  readonly marksEdges?: boolean;
}

const width = 240;
const inset = 6;

export function CurveSketch({ curves, roles, range, height, marksEdges }: Props): ReactNode {
  const [low, high] = range;
  const kept = (value: number): number =>
    marksEdges === true ? Math.min(high, Math.max(low, value)) : value;
  const yOf = (value: number): number =>
    inset + ((high - kept(value)) / (high - low)) * (height - 2 * inset);
  const roleOf = (place: number): SketchRole => roles?.[place] ?? (place === 0 ? "main" : "other");
  const order: readonly SketchRole[] = ["control", "other", "main"];
  // The main curve lies above the others.
  const places = [...curves.entries()].sort(
    ([a], [b]) => order.indexOf(roleOf(a)) - order.indexOf(roleOf(b)),
  );
  const tick = tickIn(range);
  return (
    <span className="curve-sketch" aria-hidden="true">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" height={height}>
        <path className="sketch-tick" d={`M0 ${yOf(tick)}H${width}`} />
        <path className="sketch-zero" d={`M0 ${yOf(0)}H${width}`} />
        {places.map(([place, curve]) => (
          <path key={place} className={`sketch-${roleOf(place)}`} d={pathOf(curve, yOf)} />
        ))}
      </svg>
      {marksEdges &&
        offRange(curves, range).map(({ curve, layer, value, edge }) => (
          <span
            key={edge}
            className={`sketch-edge ${edge}`}
            style={{ left: edgeLeft(xOf(layer, curves[curve]?.length ?? 1)) }}
          >
            {edge === "top" ? "▲" : "▼"} {signed(100 * value, 0)}
          </span>
        ))}
      <span className="sketch-label" style={{ top: `${((100 * yOf(tick)) / height).toFixed(1)}%` }}>
        {signed(100 * tick, 0)}
      </span>
      <span className="sketch-label" style={{ top: `${((100 * yOf(0)) / height).toFixed(1)}%` }}>
        0
      </span>
    </span>
  );
}

/** Within the drawing at either end; 26 pixels at its left are for the scale. */
function edgeLeft(x: number): string {
  const place = `calc(26px + (100% - 26px) * ${(x / width).toFixed(3)})`;
  return `clamp(48px, ${place}, calc(100% - 22px))`;
}

function xOf(layer: number, layers: number): number {
  return inset + (layer * (width - 2 * inset)) / Math.max(1, layers - 1);
}

/**
 * Layers are spread evenly, however many a curve has; lines join neighbours that are both there.
 */
function pathOf(curve: readonly (number | null)[], yOf: (value: number) => number): string {
  let pen = "M";
  return curve
    .map((value, layer) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${xOf(layer, curve.length).toFixed(1)} ${yOf(value).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}
