/** Moments of some images at sites of two networks, without the Gram sums of a whole pass. */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { sourceBatch } from "../nets/network";
import type { PairedNetworks } from "../nets/sites";
import type { Moments } from "../stitch/moments";
import { tf } from "../tensor/tf";
import { momentsOf } from "./batch-sums";

/** @returns by site; of images `first` up to, but not including, `end`, passed at once */
export async function momentsAtSites(
  { bottom, top }: PairedNetworks,
  sites: readonly number[],
  images: ImageSet,
  { first, end }: { readonly first: number; readonly end: number },
): Promise<ReadonlyMap<number, Moments>> {
  const indices = Uint32Array.from({ length: end - first }, (_, k) => first + k);
  const last = Math.max(...sites);
  const { xs, ys } = tf.tidy(() => {
    const batch = imageBatch(images, indices);
    const source = sourceBatch(bottom, images, indices, indices.length, batch);
    return { xs: bottom.representations(source, last), ys: top.representations(batch, last) };
  });
  try {
    const moments = new Map<number, Moments>();
    for (const site of sites) {
      const [x, y] = [xs[site], ys[site]];
      if (x && y) moments.set(site, await momentsOf(x, y));
    }
    return moments;
  } finally {
    tf.dispose([...xs, ...ys]);
  }
}
