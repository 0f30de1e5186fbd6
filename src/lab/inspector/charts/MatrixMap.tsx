/**
 * A stitch's matrix as a heat map: one colour for weights above 0, another below, none at 0. The few
 * largest weights share the deepest colour, or the others would hardly be seen.
 */
import { useEffect, useMemo, useRef, type ReactNode } from "react";
import type { StitchMatrix } from "../../../engine/host/inspect";
import { number } from "../../format/numbers";
import { useDarkScheme } from "../../ui/use-dark-scheme";

const negative = "--curve-2";
const positive = "--stitch";
const nothing = "--surface";

/** Share of the weights that are not beyond the scale. */
const onScale = 0.995;

export function MatrixMap({ matrix }: { readonly matrix: StitchMatrix }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useDarkScheme();
  const { values, rows, columns } = matrix;
  const deepest = useMemo(() => {
    const sizes = values.map(Math.abs).sort();
    const deep = sizes[Math.ceil(onScale * (sizes.length - 1))] ?? 0;
    return deep > 0 ? deep : (sizes.at(-1) ?? 0);
  }, [values]);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, matrix, deepest);
  }, [matrix, deepest, dark]);
  return (
    <figure className="matrix-map">
      <canvas
        ref={canvas}
        width={columns}
        height={rows}
        role="img"
        aria-label={`Matrix of ${rows} by ${columns} weights, from ${number(Math.min(...extremes(values)))} to ${number(Math.max(...extremes(values)))}`}
      />
      <figcaption className="hint">
        <span className="scale" aria-hidden="true">
          ≤ {number(-deepest)} <i className="diverging" /> ≥ {number(deepest)}
        </span>
        Rows: <span className="of-bottom">the bottom’s channels</span>. Columns:{" "}
        <span className="of-top">the top’s channels</span>.
      </figcaption>
    </figure>
  );
}

function extremes(values: Float64Array): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}

type Colour = readonly [number, number, number];

function draw(
  canvas: HTMLCanvasElement,
  { values, rows, columns }: StitchMatrix,
  deepest: number,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const style = getComputedStyle(canvas);
  const colour = (token: string): Colour => {
    // The canvas itself reads whatever form a colour is written in.
    context.fillStyle = style.getPropertyValue(token);
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
  const [below, zero, above] = [colour(negative), colour(nothing), colour(positive)];
  const rgba = new Uint8ClampedArray(4 * rows * columns).fill(255);
  values.forEach((value, at) => {
    const share = deepest > 0 ? Math.min(1, Math.abs(value) / deepest) : 0;
    const end = value < 0 ? below : above;
    rgba.set(
      zero.map((from, channel) => from + share * ((end[channel] ?? 0) - from)),
      4 * at,
    );
  });
  context.putImageData(new ImageData(rgba, columns, rows), 0, 0);
}
