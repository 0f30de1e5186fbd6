/** How long a curve takes, as far as that is known. */
import type { Spec } from "../../experiment/spec";
import type { ModelPair } from "../session/pair";

/** Measured on two CPU cores: nine layers of two ResNet-18 with 16 filters, 10,000 images. */
const measured = { seconds: 162, layers: 9, images: 10_000, width: 16 } as const;

/**
 * Minutes that a curve takes on two CPU cores with the protocol `quick`; null for other protocols
 * and networks, of which nothing was measured.
 */
export function aboutMinutes(
  spec: Spec,
  { bottom, top }: ModelPair,
  layers: number,
): number | null {
  const isMeasured = [bottom, top].every(
    ({ architecture }) =>
      architecture.family === "resnet" &&
      architecture.width === measured.width &&
      architecture.blocks.join() === "2,2,2,2",
  );
  if (!isMeasured || spec.protocol !== "quick") return null;
  const share = (layers / measured.layers) * (spec.trainImages / measured.images);
  return Math.max(1, Math.ceil((measured.seconds * share) / 60));
}
