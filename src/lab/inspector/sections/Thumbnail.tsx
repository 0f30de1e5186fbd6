/** A test image, or the place of one that is not here yet. */
import type { ReactNode } from "react";
import { Photo } from "../../ui/Photo";
import type { Pictures } from "./use-pictures";

interface Props {
  readonly pictures: Omit<Pictures, "error" | "retry">;
  readonly image: number;
  readonly alt: string;
}

export function Thumbnail({ pictures, image, alt }: Props): ReactNode {
  const { width, height, pixels } = pictures;
  const own = pixels.get(image);
  if (own === undefined) return <span className="thumbnail" aria-hidden="true" />;
  return <Photo className="thumbnail" pixels={own} {...{ width, height, alt }} />;
}
