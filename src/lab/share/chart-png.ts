/** An SVG as a PNG, twice as large, for slides and screens with many pixels. */
import { LabError } from "../../core/errors";
import type { SvgPicture } from "./chart-svg";

const scale = 2;

/** @throws LabError `backend` when the browser cannot draw it */
export async function pngOf({ text, width, height }: SvgPicture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = scale * width;
    canvas.height = scale * height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (png) return png;
    throw new Error("an empty picture");
  } catch (thrown) {
    throw new LabError(
      {
        code: "backend",
        input: "chart as PNG",
        expected: "a picture that this browser draws",
        found: thrown instanceof Error ? thrown.message : String(thrown),
      },
      { cause: thrown },
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
