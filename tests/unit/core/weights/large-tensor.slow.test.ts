import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const folder = resolve(import.meta.dirname, "../../../../src/core/weights");

/** Runs statements in a Node of its own whose heap, arrays of numbers aside, has 64 MB. */
function inSmallHeap(statements: string): string {
  const script = `
    import { fromBfloat16, fromFloat16 } from ${JSON.stringify(resolve(folder, "float16.ts"))};
    ${statements}`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=64", "--import=tsx", "--input-type=module", "--eval", script],
    { encoding: "utf8" },
  );
  return stdout + stderr.slice(0, 2_000);
}

test.each(["fromFloat16", "fromBfloat16"])(
  "%s widens thirty million numbers without a list of them",
  (widen) => {
    // As a list, they have 240 MB.
    const printed = inSmallHeap(
      `console.log(${widen}(new Uint16Array(30_000_000).fill(0x4000))[29_999_999]);`,
    );
    expect(printed).toBe("2\n");
  },
);
