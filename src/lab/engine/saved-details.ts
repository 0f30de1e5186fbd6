/** Details files next to the recorded reports; fetched when somebody looks inside a stitch. */
import type { AssetSource } from "../../engine/assets";
import { readDetails, type Details } from "../../engine/details/read";
import type { DetailsFile } from "../../experiment/report";

/** Read files by their hash: moving from layer to layer reads one file. */
const read = new Map<string, Promise<Details>>();
/** A few figures that are looked at in turn. */
const mostFiles = 3;

/**
 * @throws LabError `hash-mismatch` where the file is not the one that the report names, `bad-file`
 *   where it cannot be read; others as the source
 */
export function savedDetails({ file, sha256 }: DetailsFile, assets: AssetSource): Promise<Details> {
  const before = read.get(sha256);
  if (before) return before;
  // With the hash in its address, a cache on the way never answers with an older file.
  const path = `recorded/${file}?${sha256.slice(0, 8)}`;
  const details = assets.read({ path, sha256 }).then((bytes) => readDetails(bytes, file));
  details.catch(() => read.delete(sha256));
  read.set(sha256, details);
  const [oldest] = read.keys();
  if (read.size > mostFiles && oldest !== undefined) read.delete(oldest);
  return details;
}
