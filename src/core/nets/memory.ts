/** Estimates of the memory that passes through a network need. */
import { floatBytes } from "../graph/host-tensor";
import type { SegmentMemory } from "../graph/memory";
import type { Tap } from "./taps";

/** In bytes; all but the weights are for one image, with what the pass reads and gives. */
export interface NetworkMemory {
  readonly weights: number;
  bottom(tap: number): number;
  top(tap: number): number;
  /** `traceTop` and its pullback. */
  tracedTop(tap: number): number;
  representations(last: number): number;
}

/** Bytes of one image's representation at a tap. */
export function representationBytes(
  tap: Pick<Tap, "height" | "width" | "channels"> | undefined,
): number {
  return tap ? floatBytes * tap.height * tap.width * tap.channels : 0;
}

/** @param segments one before each tap, and one after the last where there is a head */
export function networkMemory(segments: readonly SegmentMemory[]): NetworkMemory {
  const images = segments[0]?.reads ?? 0;
  const below = (tap: number): readonly SegmentMemory[] => segments.slice(0, tap + 1);
  const above = (tap: number): readonly SegmentMemory[] => segments.slice(tap + 1);
  const most = (part: readonly SegmentMemory[], of: "forward" | "passing"): number =>
    Math.max(0, ...part.map((segment) => segment[of]));
  const total = (part: readonly SegmentMemory[], of: "weights" | "gives" | "kept"): number =>
    part.reduce((sum, segment) => sum + segment[of], 0);
  return {
    weights: total(segments, "weights"),
    bottom: (tap) => images + most(below(tap), "forward"),
    top: (tap) => (segments[tap + 1]?.reads ?? 0) + most(above(tap), "forward"),
    tracedTop(tap) {
      const part = above(tap);
      return (segments[tap + 1]?.reads ?? 0) + total(part, "kept") + most(part, "passing");
    },
    representations: (last) => images + total(below(last), "gives") + most(below(last), "forward"),
  };
}
