/**
 * Penalty curves as a small drawing: a figure's in the gallery, or a result's in the library. What
 * lies outside of its range runs off the edge.
 */
import type { ReactNode } from "react";
import { signed } from "../format/numbers";
import { tickIn, type Range, type SketchRole } from "./sketch-scale";

interface Props {
  /** One array a curve, by layer; a gap where there is no value. */
  readonly curves: readonly (readonly (number | null)[])[];
  /** By curve; the first one is the main curve by default. */
  readonly roles?: readonly SketchRole[];
  readonly range: Range;
  readonly height: number;
}

const width = 240;
const inset = 6;

export function CurveSketch({ curves, roles, range, height }: Props): ReactNode {
  const [low, high] = range;
  const yOf = (value: number): number =>
    inset + ((high - value) / (high - low)) * (height - 2 * inset);
  const roleOf = (place: number): SketchRole => roles?.[place] ?? (place === 0 ? "main" : "other");
  const order: readonly SketchRole[] = ["untrained", "other", "main"];
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
      <span className="sketch-label" style={{ top: `${((100 * yOf(tick)) / height).toFixed(1)}%` }}>
        {signed(100 * tick, 0)}
      </span>
      <span className="sketch-label" style={{ top: `${((100 * yOf(0)) / height).toFixed(1)}%` }}>
        0
      </span>
    </span>
  );
}

/**
 * Layers are spread evenly, however many a curve has; lines join neighbours that are both there.
 */
function pathOf(curve: readonly (number | null)[], yOf: (value: number) => number): string {
  const step = (width - 2 * inset) / Math.max(1, curve.length - 1);
  let pen = "M";
  return curve
    .map((value, layer) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${(inset + layer * step).toFixed(1)} ${yOf(value).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}
