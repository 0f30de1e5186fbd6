/** What is too much to be images, whatever a header says. */
import { refused } from "./file";

export const mostImages = 2_000_000;

/** 8,192 × 8,192: a decoder takes four bytes for each. */
const mostPixels = 1 << 26;

/** Bytes of a file of images, decompressed. */
export const mostArrayBytes = 2 ** 34;

/** Bytes of one image file, decompressed. */
export const mostImageFileBytes = 1 << 28;

/** @throws LabError `bad-file` for images without pixels, or with too many */
export function checkPixels(path: string, height: number, width: number): void {
  if (height >= 1 && width >= 1 && height * width <= mostPixels) return;
  const most = mostPixels.toLocaleString("en");
  throw refused(path, `1 to ${most} pixels an image`, `${height}×${width}`);
}

/** @throws LabError `bad-file` for no images, or too many */
export function checkCount(path: string, count: number): void {
  if (count >= 1 && count <= mostImages) return;
  const most = mostImages.toLocaleString("en");
  throw refused(path, `1 to ${most} images`, count.toLocaleString("en"));
}
