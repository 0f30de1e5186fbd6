/** The test images as the page shows them; fetched when somebody looks inside a stitch. */
import { imageSet, type ImageSet } from "../../core/data/image-set";
import { type DataManifest, shardsFor } from "../../core/data/manifest";
import type { AssetSource } from "../../engine/assets";

/**
 * @param folder that the manifest's files are in
 * @param count the first so many
 * @throws LabError as the source does, or where a file is not what the manifest says
 */
export async function readTestImages(
  manifest: DataManifest,
  folder: string,
  count: number,
  assets: AssetSource,
): Promise<ImageSet & Pick<DataManifest, "classNames">> {
  const shards = [];
  for (const entry of shardsFor(manifest.test, count)) {
    const { file, sha256 } = entry;
    shards.push({ entry, bytes: await assets.read({ path: folder + file, sha256 }) });
  }
  return { ...imageSet(manifest, shards, count), classNames: manifest.classNames };
}
