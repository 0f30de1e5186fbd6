/** A small picture of a channel's map on a diverging scale. */
import { useEffect, useRef, type ReactNode } from "react";
import { useDarkScheme } from "../../ui/use-dark-scheme";

interface MapProps {
  /** [h, w] */
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  /** The activation at the end of the scale. */
  readonly scale: number;
}

/** No text: whatever shows it says what it is. */
export function MapImage({ values, height, width, scale }: MapProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useDarkScheme();
  useEffect(() => {
    if (canvas.current) drawMap(canvas.current, values, scale);
  }, [values, height, width, scale, dark]);
  return <canvas ref={canvas} className="map-image" aria-hidden="true" {...{ width, height }} />;
}

type Colour = readonly [number, number, number];

function drawMap(canvas: HTMLCanvasElement, values: Float32Array, scale: number): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const style = getComputedStyle(canvas);
  const colour = (name: string): Colour => {
    // The canvas reads whatever form a colour is written in, and gives #rrggbb.
    context.fillStyle = style.getPropertyValue(name);
    const value = Number.parseInt(context.fillStyle.slice(1), 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  };
  const [zero, positive, negative] = [
    colour("--map-zero"),
    colour("--map-positive"),
    colour("--map-negative"),
  ];
  const image = context.createImageData(canvas.width, canvas.height);
  values.forEach((value, k) => {
    const far = Math.min(1, Math.abs(value) / scale);
    const end = value < 0 ? negative : positive;
    for (const c of [0, 1, 2] as const) {
      image.data[4 * k + c] = zero[c] + far * (end[c] - zero[c]);
    }
    image.data[4 * k + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
