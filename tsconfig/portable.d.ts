/**
 * What Node, pages and workers all have outside the language itself, as far as `core` and
 * `experiment` use it. Everything else of the DOM stays out of their reach.
 */

declare class TextDecoder {
  constructor(label: "utf-8", options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}
