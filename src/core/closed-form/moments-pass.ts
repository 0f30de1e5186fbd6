/** Moments of some images at every site of two networks, without the Gram sums of a whole pass. */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import type { PairedNetworks } from "../nets/sites";
import type { Moments } from "../stitch/moments";
import { tf } from "../tensor/tf";
import { momentsOf } from "./batch-sums";

/** @returns one for each site, of images `first` up to, but not including, `end`; passed at once */
export async function momentsAtSites(
  { bottom, top }: PairedNetworks,
  images: ImageSet,
  { first, end }: { readonly first: number; readonly end: number },
): Promise<Moments[]> {
  const indices = Uint32Array.from({ length: end - first }, (_, k) => first + k);
  const { xs, ys } = tf.tidy(() => {
    const batch = imageBatch(images, indices);
    return { xs: bottom.representations(batch), ys: top.representations(batch) };
  });
  try {
    return await Promise.all(
      xs.flatMap((x, site) => {
        const y = ys[site];
        return y ? [momentsOf(x, y)] : [];
      }),
    );
  } finally {
    tf.dispose([...xs, ...ys]);
  }
}
