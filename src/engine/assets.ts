/** Files that an experiment needs, and where they come from. */

/** A file identified by its contents. */
export interface AssetRef {
  /** Relative to where the lab is served from, or a path on disk. */
  readonly path: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads files by their hash, from a cache where there is one. Implemented by `storage` and `cli`.
 */
export interface AssetSource {
  /**
   * @returns the bytes, whose hash has been checked
   * @throws LabError `network` or `not-found` when the file cannot be had, `hash-mismatch` when it
   *   is not the file that was asked for
   */
  read(asset: AssetRef): Promise<Uint8Array>;
}
