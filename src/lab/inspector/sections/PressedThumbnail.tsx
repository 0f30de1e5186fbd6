/** A test image whose press shows what the inspected stitch does to it. */
import type { ReactNode } from "react";
import { useSeeImage } from "../../see-stitch/see-image";
import { Thumbnail } from "./Thumbnail";
import type { Pictures } from "./use-pictures";

interface Props {
  readonly pictures: Omit<Pictures, "error" | "retry">;
  readonly image: number;
  readonly label: number | undefined;
  readonly alt: string;
}

export function PressedThumbnail({ pictures, image, label, alt }: Props): ReactNode {
  const see = useSeeImage();
  const pixels = pictures.pixels.get(image);
  const thumbnail = <Thumbnail {...{ pictures, image, alt }} />;
  if (!see || !pixels) return thumbnail;
  return (
    <button
      type="button"
      className="thumbnail-button"
      aria-haspopup="dialog"
      aria-label={`See the stitch with test image ${image + 1}`}
      title="See what the stitch does to this image"
      onClick={() => see({ index: image, pixels, label })}
    >
      {thumbnail}
    </button>
  );
}
