/** What a network in a file reads and answers, as far as its shapes and its metadata say. */
import { LabError } from "../errors";
import type { Metadata } from "../weights/safetensors";
import type { State } from "../weights/state";
import { inputAndClasses } from "./architecture";
import type { Size } from "./taps";

/** What is known of a file besides its parameters. */
export interface FileFacts {
  /** How errors name the file. */
  readonly name: string;
  readonly metadata: Metadata;
  /** Height and width of the images that the network is to read; by default the metadata's. */
  readonly image?: Size;
}

/**
 * Returns the images' size (given, or `image: 28x28` in the file's metadata), their channels from
 * the first layer, and the classes from the last one.
 *
 * @param usual the side of the images where nothing says it
 * @throws LabError `bad-file` for a size that is none, `bad-shape` for fewer than two classes
 */
export function inputAndClassesOf(
  state: State,
  { name, metadata, image }: FileFacts,
  { first, last, usual }: { readonly first: string; readonly last: string; readonly usual: number },
): ReturnType<typeof inputAndClasses> {
  const classes = state.get(last)?.shape[0];
  if (classes !== undefined && classes < 2) {
    throw new LabError({
      code: "bad-shape",
      input: `${name}: ${last}`,
      expected: "a row for each of two or more classes",
      found: `${classes} rows`,
    });
  }
  const size = image ?? sizeOf(name, metadata.get("image") ?? `${usual}x${usual}`);
  const channels = state.get(first)?.shape[1] === 1 ? 1 : 3;
  return inputAndClasses({ ...size, channels }, classes ?? 10);
}

function sizeOf(name: string, image: string): Size {
  const [, height, width] = /^([1-9]\d{0,3})x([1-9]\d{0,3})$/.exec(image) ?? [];
  if (height !== undefined && width !== undefined) {
    return { height: Number(height), width: Number(width) };
  }
  throw new LabError({
    code: "bad-file",
    input: `${name}: image`,
    expected: "HEIGHTxWIDTH in the file's metadata, such as 32x32",
    found: image,
  });
}

/** The field that says whether a file has the last layer; see `withLinearHead`. */
export function headOf(state: State, layer: string): { head?: "none" } {
  return state.has(`${layer}.weight`) ? {} : { head: "none" };
}

/** Counts names numbered from 0 without a gap. */
export function counted(state: State, nameOf: (index: number) => string): number {
  let count = 0;
  while (state.has(nameOf(count))) count++;
  return count;
}
