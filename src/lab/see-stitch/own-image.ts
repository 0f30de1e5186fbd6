/** Reads a picture of the visitor's as the networks read images. Nothing leaves the browser. */
import { LabError } from "../../core/errors";
import type { ImageSet } from "../../core/data/image-set";

/**
 * The middle of a picture, cut to the shape of the data set's images and resized.
 *
 * @returns [h, w, c] bytes; what is transparent is white
 * @throws LabError `bad-file` where the browser cannot read the file as a picture
 */
export async function pixelsOfFile(
  file: File,
  { height, width, channels }: Pick<ImageSet, "height" | "width" | "channels">,
): Promise<Uint8Array> {
  const picture = await createImageBitmap(file).catch((thrown: unknown) => {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError({ code: "bad-file", input: file.name, expected: "a picture", found });
  });
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser has no canvas");
  const scale = Math.min(picture.width / width, picture.height / height);
  const [cutWidth, cutHeight] = [scale * width, scale * height];
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(
    picture,
    (picture.width - cutWidth) / 2,
    (picture.height - cutHeight) / 2,
    cutWidth,
    cutHeight,
    0,
    0,
    width,
    height,
  );
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  return Uint8Array.from({ length: height * width * channels }, (_, k) => {
    const pixel = 4 * Math.floor(k / channels);
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel, pixel + 3);
    // Grey as ITU-R BT.601 weighs the colours, and Pillow after it.
    return channels === 1
      ? 0.299 * red + 0.587 * green + 0.114 * blue
      : (data[pixel + (k % 3)] ?? 0);
  });
}
