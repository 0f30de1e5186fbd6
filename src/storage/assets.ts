/** Reads stored files, else fetches them; every file's hash is checked, wherever it comes from. */
import { LabError } from "../core/errors";
import { checkHash } from "../core/weights/hash";
import type { AssetRef, AssetSource } from "../engine/assets";
import type { StoredFiles } from "./files";
import { ownFileName } from "./own-files";

/** @param base address that assets' paths are relative to */
export function cachedAssets(files: StoredFiles, base: string): AssetSource {
  return {
    async read(asset) {
      const stored = await readStored(files, asset);
      if (stored) return stored;
      const bytes = await fetchBytes(asset, base);
      checkHash(bytes, asset.sha256, asset.path);
      // A file in the page's memory is the visitor's, and there was no room to store it.
      if (!asset.path.startsWith("blob:")) await files.put(asset.sha256, bytes);
      return bytes;
    },
  };
}

/** Reads a stored file; a damaged one is dropped, and undefined is returned. */
async function readStored(files: StoredFiles, asset: AssetRef): Promise<Uint8Array | undefined> {
  const bytes = await files.get(asset.sha256);
  if (bytes === undefined) return undefined;
  try {
    if (!(bytes instanceof Uint8Array)) throw new TypeError("a file is stored as bytes");
    checkHash(bytes, asset.sha256, asset.path);
    return bytes;
  } catch {
    await files.drop(asset.sha256);
    return undefined;
  }
}

async function fetchBytes({ path, sha256 }: AssetRef, base: string): Promise<Uint8Array> {
  const own = ownFileName(path);
  if (own !== undefined) {
    throw new LabError({
      code: "not-found",
      input: own,
      expected: `your file, SHA-256 ${sha256}, in browser storage`,
      found: "none; choose the file again",
    });
  }
  const address = new URL(path, base);
  let response: Response;
  try {
    response = await fetch(address);
  } catch (thrown) {
    throw new LabError(
      {
        code: "network",
        input: path,
        expected: "a server response (is this device online?)",
        found: thrown instanceof Error ? thrown.message : String(thrown),
      },
      { cause: thrown },
    );
  }
  if (!response.ok) {
    throw new LabError({
      code: "not-found",
      input: path,
      expected: "the file",
      found: `the server's answer ${response.status} ${response.statusText}`.trim(),
    });
  }
  return new Uint8Array(await response.arrayBuffer());
}
