/** Files from IndexedDB, else from the network; every file's hash is checked wherever it came from. */
import { LabError } from "../core/errors";
import { checkHash } from "../core/weights/hash";
import type { AssetRef, AssetSource } from "../engine/assets";
import { stored, type Database } from "./database";

/**
 * A file that cannot be kept, for lack of room, is used all the same and fetched again next time.
 *
 * @param database undefined where the browser refuses storage
 * @param base address that assets' paths are relative to
 */
export function cachedAssets(database: Database | undefined, base: string): AssetSource {
  return {
    async read(asset) {
      const kept = database && (await readKept(database, asset));
      if (kept) return kept;
      const bytes = await fetchBytes(asset, base);
      checkHash(bytes, asset.sha256, asset.path);
      await database?.put("assets", bytes, asset.sha256).catch((thrown: unknown) => {
        console.warn(`${asset.path} could not be kept in the browser's storage`, thrown);
      });
      return bytes;
    },
  };
}

/** A kept file that has gone bad is dropped, and undefined is returned. */
async function readKept(database: Database, asset: AssetRef): Promise<Uint8Array | undefined> {
  const bytes = await stored("kept files", () => database.get("assets", asset.sha256));
  if (!bytes) return undefined;
  try {
    checkHash(bytes, asset.sha256, asset.path);
    return bytes;
  } catch {
    await stored("kept files", () => database.delete("assets", asset.sha256));
    return undefined;
  }
}

async function fetchBytes({ path }: AssetRef, base: string): Promise<Uint8Array> {
  const address = new URL(path, base);
  let response: Response;
  try {
    response = await fetch(address);
  } catch (thrown) {
    throw new LabError(
      {
        code: "network",
        input: path,
        expected: "an answer from the server (is this device online?)",
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
      found: `the server's answer ${String(response.status)} ${response.statusText}`.trim(),
    });
  }
  return new Uint8Array(await response.arrayBuffer());
}
