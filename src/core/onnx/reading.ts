/**
 * How a network is to be read from an ONNX file, where that is not said by the file: the size of its
 * images, and where it can be cut. A copy of the file says it, so that each way to read a file is a
 * network of its own with its own hash.
 */
export interface Reading {
  /** Height and width of the images, where the file leaves them open; absent for `usualSide`. */
  readonly side?: number;
  /** Each value that separates the images from the logits, not one for each block. */
  readonly taps?: "all";
}

/** Of the images of a network whose file leaves their size open. */
export const usualSide = 32;
export const largestSide = 4096;

/** Equal readings have equal texts: "", ":side=224", ":side=224:taps=all". */
export function readingText({ side = usualSide, taps }: Reading): string {
  return (side === usualSide ? "" : `:side=${side}`) + (taps === undefined ? "" : `:taps=${taps}`);
}

/** What `readingText` writes, after any text. */
const suffix = /^(.*?)(?::side=([1-9]\d{0,3}))?(?::taps=(all))?$/s;

/** Divides a text that may end in a reading: "net.onnx:taps=all". */
export function splitReading(text: string): { readonly before: string; readonly reading: Reading } {
  const [, before = text, side, taps] = suffix.exec(text) ?? [];
  if (Number(side) > largestSide) return { before: text, reading: {} };
  return {
    before,
    reading: { ...sideOf(Number(side ?? usualSide)), ...(taps === "all" && { taps }) },
  };
}

/** A side as readings have it. */
export function sideOf(side: number): Pick<Reading, "side"> {
  return side === usualSide ? {} : { side };
}
