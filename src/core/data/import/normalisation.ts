/** The mean and the standard deviation that networks are given images with. */
import type { DataForm } from "../form";

type Normalisation = DataForm["normalisation"];

/** Of ImageNet's training images, as torchvision's networks expect them. */
const imageNet: Normalisation = [
  { mean: 0.485, deviation: 0.229 },
  { mean: 0.456, deviation: 0.224 },
  { mean: 0.406, deviation: 0.225 },
];

export interface PixelSums {
  /** @param pixels bytes of one grey image */
  add(pixels: Uint8Array): void;
  /** ImageNet's for colour; for grey that of the images, to four digits. */
  normalisation(): Normalisation;
}

/** Gathers what a normalisation is computed from: whole numbers, so their order does not matter. */
export function pixelSums(channels: 1 | 3): PixelSums {
  let count = 0;
  let sum = 0;
  let squares = 0;
  return {
    add(pixels) {
      if (channels === 3) return;
      count += pixels.length;
      for (const byte of pixels) {
        sum += byte;
        squares += byte * byte;
      }
    },
    normalisation() {
      if (channels === 3) return imageNet.map((channel) => ({ ...channel }));
      const mean = sum / count;
      const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
      // Images of one grey have no deviation, and a network cannot divide by 0.
      return [{ mean: digits(mean / 255), deviation: digits(deviation / 255) || 1 }];
    },
  };
}

function digits(value: number): number {
  return Number(value.toFixed(4));
}
