/** A test image, as large as one can tell what it shows. */
import { useEffect, useRef, type ReactNode } from "react";
import type { LabelledImages } from "../engine/engine-types";

interface Props {
  readonly images: LabelledImages;
  readonly image: number;
  readonly alt: string;
}

export function Thumbnail({ images, image, alt }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, pixels } = images;
  useEffect(() => {
    const size = width * height;
    const rgba = new Uint8ClampedArray(4 * size).fill(255);
    for (let k = 0; k < size; k++) {
      const from = 3 * (image * size + k);
      rgba.set(pixels.subarray(from, from + 3), 4 * k);
    }
    canvas.current?.getContext("2d")?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [image, pixels, width, height]);
  return (
    <canvas ref={canvas} className="thumbnail" role="img" aria-label={alt} {...{ width, height }} />
  );
}
