/** A decoded image. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** [h, w, c] */
  readonly pixels: Uint8Array;
}
