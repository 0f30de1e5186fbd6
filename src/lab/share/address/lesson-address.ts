/** Addresses to hand on: of the page in a view, and of a frame in another page. */
import type { Digest } from "../../../experiment/address/digest";
import { writeAddress } from "../../../experiment/address/address";
import type { Address } from "../../../experiment/address/parameters/parameter";
import { writeView, type Framed, type View } from "../../view/view";

interface Shared {
  readonly address: Address;
  /** Null leaves the author's results out. */
  readonly digest: Digest | null;
  readonly view: View;
}

/** @param page any address of the page */
export function sharedUrl(page: string, { address, digest, view }: Shared): string {
  const { spec, backend } = address;
  const url = new URL(page);
  url.search = writeView(view);
  url.hash = writeAddress({ spec, backend, ...(digest !== null && { digest }) });
  return url.href;
}

/**
 * Heights that the frames need, in CSS pixels: the chart from 360 px of width on, the prediction
 * before it from 500, the stitch from 960. Their parts lie below one another where there is less, and
 * the frame scrolls.
 */
export const frameHeights: Readonly<Record<Framed | "prediction", number>> = {
  chart: 450,
  prediction: 740,
  stitch: 1020,
};

/** HTML that shows an address in a frame. */
export function embedCode(url: string, title: string, height: number): string {
  const text = (value: string): string =>
    value
      .replaceAll("&", "&amp;")
      .replaceAll('"', "&quot;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;");
  return `<iframe src="${text(url)}" title="${text(title)}" width="100%" height="${height}" loading="lazy" style="border: 0"></iframe>`;
}
