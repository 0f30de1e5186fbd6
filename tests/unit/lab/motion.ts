/** What a browser says of a visitor who wants no motion. */
import { cdp } from "vitest/browser";

/** Ends with the file's tests, or when it is called with `false`. */
export async function wantNoMotion(reduce: boolean): Promise<void> {
  await (cdp() as DevTools).send("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-reduced-motion", value: reduce ? "reduce" : "" }],
  });
}

/** As much of Chromium's developer tools as is used. */
interface DevTools {
  readonly send: (
    method: "Emulation.setEmulatedMedia",
    options: { readonly features: readonly { readonly name: string; readonly value: string }[] },
  ) => Promise<unknown>;
}
