/** What the installed package must do, however it was installed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { casesOf } from "../nightly";
import {
  byNpm,
  installedPackage,
  network,
  nextToOurPackages,
  type InstalledPackage,
} from "./installed-package";

describe.each(
  casesOf(
    [{ how: "unpacked next to our packages", install: nextToOurPackages }],
    [{ how: "installed by npm", install: byNpm }],
  ),
)("the package, $how", ({ install }) => {
  let installed: InstalledPackage;
  beforeAll(async () => {
    installed = await installedPackage(install);
  }, 300_000);
  afterAll(async () => {
    await installed.remove();
  });

  test("the CKA example prints what NumPy computes", async () => {
    const output = await installed.node("cka.mjs");
    // The design's float64 fixture.
    expect(output).toMatch(/^linearCka: -0\.18629[45]$/m);
    expect(output).toMatch(/^biasedLinearCka: 0\.05351[78]$/m);
  });

  test("the stitching example costs a network nothing when it is stitched to itself", async () => {
    const output = await installed.node("stitch.mjs", network, network);
    const lines = output.trim().split("\n");
    expect(lines).toHaveLength(9);
    for (const line of lines) expect(line).toMatch(/: penalty -?0\.0 ± 0\.0 points, CKA 1\.00$/);
  });

  test("the command line names the file that is missing", async () => {
    const main = "node_modules/stitch-lab/lib/cli/main.mjs";
    await expect(
      installed.node(main, "--top", "none.safetensors", "--bottom", network),
    ).rejects.toThrow(/none\.safetensors: expected a path to a \.safetensors or \.onnx file/);
    expect(await installed.node(main, "--help")).toContain("--top MODEL");
  });

  test("has no part of the page in it", async () => {
    const page = `import("stitch-lab/lab").then(() => process.exit(1), () => process.exit(0))`;
    await installed.node("--input-type=module", "-e", page);
  });
});
