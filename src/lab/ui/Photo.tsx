/** An image of the data set, or of the visitor's, pixel by pixel. */
import { useEffect, useRef, type ReactNode } from "react";

interface Props {
  /** [h, w, c] bytes, of one or three channels */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  /** Absent where the text next to it says what it is. */
  readonly alt?: string;
  readonly className?: string;
}

export function Photo({ pixels, height, width, alt, className = "photo" }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(rgba(pixels, height * width), width, height);
    canvas.current?.getContext("2d")?.putImageData(image, 0, 0);
  }, [pixels, height, width]);
  const named = alt === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": alt };
  return <canvas ref={canvas} {...named} {...{ className, width, height }} />;
}

function rgba(pixels: Uint8Array, count: number): Uint8ClampedArray<ArrayBuffer> {
  const channels = pixels.length / count;
  const values = new Uint8ClampedArray(4 * count).fill(255);
  for (let k = 0; k < count; k++) {
    for (let c = 0; c < 3; c++) {
      values[4 * k + c] = pixels[channels * k + (channels === 1 ? 0 : c)] ?? 0;
    }
  }
  return values;
}
