/** ONNX files that a visitor gives: their weights, the size of their images and their layers. */
import { LabError } from "../../core/errors";
import { readNetworkFile, type NetworkFile } from "../../core/nets/network-file";
import { externalNames, withWeightsInside } from "../../core/onnx/external-weights";
import { leavesSizeOpen } from "../../core/onnx/read-onnx";
import { readingText, sideOf, usualSide, type Reading } from "../../core/onnx/reading";
import { withReading } from "../../core/onnx/reading-in-file";
import { checkFileSize, fileLimitBytes } from "../../core/weights/safetensors";
import type { FileBeside } from "../messages";

/**
 * Returns an ONNX file with its weights, which may be in files given with it.
 *
 * @throws LabError `bad-file` for weights that are missing or not where the file says
 */
export async function withGivenWeights(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  beside: readonly FileBeside[],
): Promise<{ readonly bytes: Uint8Array; readonly weightFiles: readonly string[] }> {
  const files = new Map<string, Uint8Array>();
  const names = externalNames(bytes, name);
  if (names.length === 0) return { bytes, weightFiles: [] };
  for (const location of names) {
    // A file that is dropped has no folder.
    const given = beside.find((file) => file.name === lastPart(location));
    if (given) files.set(location, await contentsOf(given));
  }
  return {
    bytes: withWeightsInside(bytes, name, files, fileLimitBytes),
    weightFiles: names.map(lastPart),
  };
}

function lastPart(path: string): string {
  return path.split("/").at(-1) ?? path;
}

async function contentsOf(file: FileBeside): Promise<Uint8Array> {
  checkFileSize(file.size, file.name);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (thrown) {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError(
      { code: "bad-file", input: file.name, expected: "a readable file", found },
      { cause: thrown },
    );
  }
}

/** An ONNX file as it is read. */
export interface ReadOnnx {
  readonly file: NetworkFile;
  readonly reading: Reading;
  /** A copy that says how it is read; the file itself for the usual. */
  readonly bytes: Uint8Array;
}

/** Of networks for ImageNet. */
const imageNetSide = 224;

/**
 * Reads a network as it is asked for or, where its file leaves the size of its images open, for the
 * images at hand: not all networks can read small ones.
 *
 * @param asked absent where any reading is welcome
 * @param side of the images at hand
 * @throws LabError as `readNetworkFile` does
 */
export function readAsAsked(
  bytes: Uint8Array,
  name: string,
  asked: Reading | undefined,
  side: number = usualSide,
): ReadOnnx {
  const read = (reading: Reading): ReadOnnx => {
    const copy = withReading(bytes, reading);
    return { file: readNetworkFile(copy, name), reading, bytes: copy };
  };
  if (!leavesSizeOpen(bytes, name)) {
    if (asked?.side === undefined) return read(asked ?? {});
    const expected = `a file that leaves the size of its images open, read as ${readingText(asked)}`;
    throw new LabError({ code: "bad-file", input: name, expected, found: "a fixed size" });
  }
  if (asked) return read(asked);
  try {
    return read(sideOf(side));
  } catch (thrown) {
    try {
      return read(sideOf(imageNetSide));
    } catch {
      throw thrown;
    }
  }
}
