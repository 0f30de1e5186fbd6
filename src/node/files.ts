/** Reads files from disk and checks them. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { LabError } from "../core/errors";
import { checkHash } from "../core/weights/hash";
import type { AssetSource } from "../engine/assets";
import type * as z from "../core/schema";

/** Reads assets by their paths and checks their hashes. */
export function fileAssets(): AssetSource {
  return {
    async read({ path, sha256 }) {
      const bytes = await readBytes(path);
      checkHash(bytes, sha256, path);
      return bytes;
    },
  };
}

/** Writes a file. Other processes may read it: it appears whole or not at all. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}`;
  await writeFile(partial, bytes);
  await rename(partial, path);
}

/** Reads a file. @throws LabError `not-found` naming it */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (thrown) {
    throw new LabError(
      {
        code: "not-found",
        input: path,
        expected: "a readable file",
        found: thrown instanceof Error ? thrown.message : String(thrown),
      },
      { cause: thrown },
    );
  }
}

/**
 * Reads a JSON file and checks it against a schema.
 *
 * @throws LabError `not-found` or `bad-file` naming the file and the first thing wrong with it
 */
export async function readJson<T>(path: string, schema: z.ZodMiniType<T>): Promise<T> {
  const text = new TextDecoder().decode(await readBytes(path));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new LabError(
      { code: "bad-file", input: path, expected: "JSON", found: String(thrown) },
      { cause: thrown },
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LabError({
    code: "bad-file",
    input: `${path}: ${issue?.path.join(".") ?? ""}`,
    expected: "a value that fits its schema",
    found: issue?.message ?? "something else",
  });
}
