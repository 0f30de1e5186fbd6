/**
 * Curves as a small drawing without axes: a figure's in the gallery, or a result's until the charts
 * have arrived.
 */
import type { ReactNode } from "react";

interface Props {
  /** One array a curve, by layer; a gap where there is no value. */
  readonly curves: readonly (readonly (number | null)[])[];
  /** The least and the greatest value that the drawing must hold besides the curves' own. */
  readonly atLeast: readonly [number, number];
  readonly height: number;
  readonly className?: string;
  /** Of the first curve. */
  readonly colour: string;
}

const width = 240;
const inset = 5;

export function CurveSketch({ curves, atLeast, height, className, colour }: Props): ReactNode {
  const values = curves.flat().filter((value) => value !== null);
  // As arguments of one call, a large report's values would exceed the stack.
  const low = values.reduce((least, value) => Math.min(least, value), atLeast[0]);
  const high = values.reduce((most, value) => Math.max(most, value), atLeast[1]);
  const yOf = (value: number): number =>
    inset + ((high - value) / (high - low)) * (height - 2 * inset);
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="sketch-zero" d={`M0 ${yOf(0)}H${width}`} />
      {/* The first curve lies above the others. */}
      {[...curves.entries()].reverse().map(([index, curve]) => (
        <path
          key={index}
          className={index === 0 ? "sketch-first" : "sketch-other"}
          d={pathOf(curve, yOf)}
          stroke={index === 0 ? colour : `var(--curve-${((index - 1) % 6) + 1})`}
        />
      ))}
    </svg>
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
