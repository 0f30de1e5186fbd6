/** The `__metadata__` of a safetensors file: texts by name, whatever its writer wished to say. */
import * as z from "../schema";
import { LabError } from "../errors";

const headerSchema = z.object({ __metadata__: z.optional(z.record(z.string(), z.string())) });

export type Metadata = ReadonlyMap<string, string>;

/**
 * @param bytes a file that `parseSafetensors` has read
 * @param name how errors name the file
 * @returns no entries where the file has none
 * @throws LabError `bad-file` when they are not texts by name
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
    expected: "texts by name",
    found: error.issues[0]?.message ?? "something else",
  });
}
