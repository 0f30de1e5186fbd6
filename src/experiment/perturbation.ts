/**
 * Changes of the bottom's representations before the stitch reads them, which show what a measure is
 * sensitive to. The first two lose no information. Bansal, Nakkiran & Barak 2021, sec. 3.
 *
 * - `noise-K`: K channels of Gaussian noise follow the bottom's own. No information is lost, and a
 *   stitch can ignore them.
 * - `shuffled`: positions are permuted, the same way for every image. A measure of all features at
 *   once does not change; a stitch of single positions cannot restore the order.
 * - `class-noise`: noise that only knows each image's label takes the place of the representations,
 *   in their shape. A low penalty then says nothing of features. Smith, Mannering & Marcu 2025; see
 *   `core/nets/class-noise.ts`.
 */
import * as z from "../core/schema";

export type Perturbation = "none" | "shuffled" | "class-noise" | `noise-${number}`;

export const perturbationSchema = z.custom<Perturbation>(
  (value) =>
    typeof value === "string" && /^(none|shuffled|class-noise|noise-[1-9]\d{0,3})$/.test(value),
  "none, shuffled, class-noise, or noise- and a number of channels",
);

/** Alterations that a page lists; any other number of channels may be asked for. */
export const perturbationChoices: readonly Perturbation[] = [
  "none",
  "noise-16",
  "noise-128",
  "shuffled",
  "class-noise",
];

/** The number of channels of noise; 0 for the other alterations. */
export function noiseChannels(perturbation: Perturbation): number {
  const [, channels] = /^noise-(\d+)$/.exec(perturbation) ?? [];
  return Number(channels ?? 0);
}
