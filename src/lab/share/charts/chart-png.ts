/** An SVG as a PNG: twice as large for slides, with 600 dots per inch for papers. */
import { LabError } from "../../../core/errors";
import type { SvgPicture } from "./figure-size";

/** @throws LabError `backend` when the browser cannot draw it */
export async function pngOf({ text, width, height, size }: SvgPicture): Promise<Blob> {
  const scale = size.pixels;
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(scale * width);
    canvas.height = Math.round(scale * height);
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
