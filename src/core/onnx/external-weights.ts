/**
 * Weights of ONNX networks in files of their own
 * (https://onnx.ai/onnx/repo-docs/ExternalData.html): they are copied into the ONNX file, so that
 * a network is one file, known by one hash.
 */
import { LabError } from "../errors";
import { readModel, readTensor, type TensorMessage } from "./messages";
import { fieldOf, joinedPieces, rewritten, type Change } from "./rewrite";
import { tensorBytes } from "./tensor";

/** Files by the names that the ONNX file gives them. */
export type ExternalFiles = ReadonlyMap<string, Uint8Array>;

/** Of a file that has one file for each tensor, and more than any network has. */
const mostFiles = 10_000;

/**
 * Returns the names of the files that hold weights of an ONNX file, relative to its folder; none
 * where all weights are inside.
 *
 * @param name how errors name the file
 * @throws LabError `bad-file` for a damaged file, or a name that leads out of the file's folder
 */
export function externalNames(bytes: Uint8Array, name: string): string[] {
  const names = new Set<string>();
  for (const tensor of tensorsIn(bytes, name)) {
    if (tensor.external) names.add(locationOf(tensor.external, whereOf(name, tensor)));
    if (names.size > mostFiles) {
      const expected = `weights in at most ${mostFiles} files`;
      throw new LabError({ code: "bad-file", input: name, expected, found: "more" });
    }
  }
  return [...names];
}

function tensorsIn(bytes: Uint8Array, name: string): TensorMessage[] {
  const { graph } = parsed(name, () => readModel(bytes));
  const inNodes = graph?.nodes.flatMap(({ attributes }) =>
    attributes.flatMap(({ value }) =>
      typeof value === "object" && "dims" in value ? [value] : [],
    ),
  );
  return [...(graph?.initializers ?? []), ...(inNodes ?? [])];
}

/**
 * Returns the ONNX file with all its weights inside.
 *
 * @param name how errors name the file
 * @param mostBytes of the result
 * @throws LabError `bad-file` for weights that are missing, do not fill their tensor or are not
 *   where the file says
 */
export function withWeightsInside(
  bytes: Uint8Array,
  name: string,
  files: ExternalFiles,
  mostBytes: number,
): Uint8Array {
  let roomBytes = mostBytes - bytes.byteLength;
  const inTensor: Change = (contents) => {
    const tensor = readTensor(contents);
    if (!tensor.external) return null;
    const raw = externalBytes(tensor, whereOf(name, tensor), files);
    // Many tensors may name the same bytes.
    roomBytes -= raw.byteLength;
    if (roomBytes < 0) {
      const expected = `at most ${mostBytes.toLocaleString("en")} bytes with its weights`;
      throw new LabError({ code: "bad-file", input: name, expected, found: "more" });
    }
    // Without any other values, and without the places of the weights.
    const rest = rewritten(contents, { 9: () => [], 13: () => [] }) ?? [contents];
    // The last value counts: 0 is "inside".
    return [...rest, Uint8Array.of(14 << 3, 0), ...fieldOf(9, [raw])];
  };
  const within =
    (changes: Readonly<Record<number, Change>>): Change =>
    (contents) =>
      rewritten(contents, changes);
  const pieces = parsed(name, () =>
    rewritten(bytes, {
      7: within({ 5: inTensor, 1: within({ 5: within({ 5: inTensor }) }) }),
    }),
  );
  return pieces === null ? bytes : joinedPieces(pieces);
}

function externalBytes(
  { external: place = new Map(), dims, type }: TensorMessage,
  where: string,
  files: ExternalFiles,
): Uint8Array {
  const location = locationOf(place, where);
  const refused = (expected: string, found: string): LabError =>
    new LabError({ code: "bad-file", input: where, expected, found });
  const file = files.get(location);
  if (!file) throw refused(`the file ${location}, given together with the network`, "none");
  const offset = bytesSaid(place.get("offset") ?? "0");
  const length = bytesSaid(place.get("length") ?? String(file.byteLength - offset));
  if (!(offset + length <= file.byteLength)) {
    throw refused(
      `a part of ${location}, which has ${file.byteLength} bytes`,
      `${place.get("length") ?? "all"} bytes from ${place.get("offset") ?? "0"}`,
    );
  }
  const wanted = tensorBytes(type, dims);
  if (length !== wanted) {
    throw refused(`${String(wanted)} bytes for [${dims.join(",")}]`, `${length} in ${location}`);
  }
  return file.subarray(offset, offset + length);
}

/** NaN for a text that is no whole number. */
function bytesSaid(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/**
 * The name of the file in which a tensor's values are. It is from a file that anybody may have
 * written: it must not lead to another file of the user's.
 */
function locationOf(place: ReadonlyMap<string, string>, where: string): string {
  const location = (place.get("location") ?? "").replace(/^(\.\/)+/, "");
  const parts = location.split("/");
  const isInside =
    location.length <= 255 &&
    // PyTorch names files after tensors, such as "onnx::Conv_117"; "C:" is a drive.
    !/^[a-z]:|[\\\u0000-\u001f]/i.test(location) &&
    parts.every((part) => part !== "" && part !== "." && part !== "..");
  if (isInside) return location;
  throw new LabError({
    code: "bad-file",
    input: where,
    expected: "weights in a file in the network’s folder",
    found: location === "" ? "a file without a name" : location.slice(0, 200),
  });
}

function whereOf(name: string, tensor: TensorMessage): string {
  return `${name}: ${tensor.name.slice(0, 120)}`;
}

function parsed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    const found = cause instanceof Error ? cause.message : "bytes that are none";
    throw new LabError(
      { code: "bad-file", input: name, expected: "an ONNX model", found },
      { cause },
    );
  }
}
