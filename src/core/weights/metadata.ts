/** The `__metadata__` of a safetensors file: free text by name. */
import * as z from "../schema";
import { LabError } from "../errors";

const headerSchema = z.object({ __metadata__: z.optional(z.record(z.string(), z.string())) });

export type Metadata = ReadonlyMap<string, string>;

/**
 * @param bytes a file that `parseSafetensors` has read
 * @param name name of the file in errors
 * @returns an empty map if the file has none
 * @throws LabError `bad-file` if they are not strings by name
 */
export function metadataOf(bytes: Uint8Array, name: string): Metadata {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(
    bytes.subarray(8, 8 + Number(view.getBigUint64(0, true))),
  );
  const { data, error } = headerSchema.safeParse(JSON.parse(text));
  if (data) return new Map(Object.entries(data.__metadata__ ?? {}));
  throw new LabError({
    code: "bad-file",
    input: `${name}: __metadata__`,
    expected: "strings by name",
    found: error.issues[0]?.message ?? "an unexpected value",
  });
}
