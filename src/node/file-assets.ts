/** Reads assets from disk. */
import { readFile } from "node:fs/promises";
import { LabError } from "../core/errors";
import { checkHash } from "../core/weights/hash";
import type { AssetSource } from "../engine/assets";

/** Paths are taken as they stand; every file's hash is checked. */
export function fileAssets(): AssetSource {
  return {
    async read({ path, sha256 }) {
      const bytes = await readBytes(path);
      checkHash(bytes, sha256, path);
      return bytes;
    },
  };
}

/** @throws LabError `not-found` naming the file */
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
