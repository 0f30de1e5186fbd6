/** Notes how large the arrays are that a test allocates. */
import { vi } from "vitest";

/** Starts to note the bytes of every new array of numbers, until `vi.unstubAllGlobals`. */
export function noteArrays(): { largestBytes: number } {
  const noted = { largestBytes: 0 };
  for (const type of [Uint8Array, Uint16Array, Uint32Array, Float32Array, Float64Array]) {
    const watched = new Proxy(type, {
      construct(target, args, made) {
        const array = Reflect.construct(target, args, made) as ArrayBufferView;
        noted.largestBytes = Math.max(noted.largestBytes, array.byteLength);
        return array;
      },
    });
    vi.stubGlobal(type.name, watched);
  }
  return noted;
}
