/** Reads a picture of the visitor's as the networks read images. Nothing leaves the browser. */
import { LabError } from "../../core/errors";
import { imageSide } from "../../core/nets/architecture";

/**
 * The middle square of a picture, resized.
 *
 * @returns [32, 32, 3] bytes; what is transparent is white
 * @throws LabError `bad-file` where the browser cannot read the file as a picture
 */
export async function pixelsOfFile(file: File): Promise<Uint8Array> {
  const picture = await createImageBitmap(file).catch((thrown: unknown) => {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError({ code: "bad-file", input: file.name, expected: "a picture", found });
  });
  const canvas = document.createElement("canvas");
  canvas.width = imageSide;
  canvas.height = imageSide;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser has no canvas");
  const side = Math.min(picture.width, picture.height);
  context.fillStyle = "white";
  context.fillRect(0, 0, imageSide, imageSide);
  context.imageSmoothingQuality = "high";
  context.drawImage(
    picture,
    (picture.width - side) / 2,
    (picture.height - side) / 2,
    side,
    side,
    0,
    0,
    imageSide,
    imageSide,
  );
  picture.close();
  const { data } = context.getImageData(0, 0, imageSide, imageSide);
  return Uint8Array.from({ length: imageSide * imageSide * 3 }, (_, k) => {
    const pixel = Math.floor(k / 3);
    return data[4 * pixel + (k % 3)] ?? 0;
  });
}
