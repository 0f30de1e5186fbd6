/** Networks whose weights are finite and whose numbers are not, in whole experiments. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runExperiment } from "../../../src/engine/host/run";
import type { ModelFile } from "../../../src/engine/messages";
import type { Report } from "../../../src/experiment/report";
import type { ProtocolName } from "../../../src/experiment/protocol";
import { defaultSpec } from "../../../src/experiment/spec";
import { readModel } from "../../../src/node/models";
import { networkFile, randomState, scaled } from "../core/weights/network-files";
import { tinyDeps, tinySpec } from "./tiny-experiment";

const folder = mkdtempSync(join(tmpdir(), "stitch-lab-overflow-"));
afterAll(() => rmSync(folder, { recursive: true }));

const myrtle = { family: "myrtle", width: 4 } as const;
const upper = /^conv[234]\.weight$/;

/** @param by what the weights of three convolutions are multiplied by */
function networkScaled(by: number): Promise<ModelFile> {
  const path = join(folder, `${by}.safetensors`);
  writeFileSync(path, networkFile(scaled(randomState(myrtle), upper, by)));
  return readModel(path);
}

/** Squares of its representations overflow float32, its logits do not. */
const large = await networkScaled(1e8);
/** Its logits are not finite. */
const broken = await networkScaled(1e15);
const sound = await networkScaled(1);

async function reportOf(
  top: ModelFile,
  bottom: ModelFile,
  protocol: ProtocolName = "quick",
): Promise<Report> {
  const spec = {
    ...defaultSpec(top.id, bottom.id, protocol),
    trainImages: 400,
    testImages: 100,
    epochs: 1,
  };
  // Data and threads of the tiny experiment, with other networks.
  const deps = { ...(await tinyDeps(tinySpec("tiny-a", "tiny-b"))), models: [top, bottom] };
  for await (const event of runExperiment(spec, deps)) {
    if (event.type === "finished") return event.report;
  }
  throw new Error("no report");
}

const protocols = ["glance", "quick", "paper"] as const;

test.each(protocols)(
  "where the bottom's representations overflow, %s gives no stitch, and the layers below have theirs",
  async (protocol) => {
    const [{ sites, failures = [] }] = (await reportOf(sound, large, protocol)).curves;
    // Only the convolutions after the first are large.
    expect(sites.map(({ site }) => site)).toContain(0);
    expect(failures.map(({ site }) => site)).toContain(3);
    for (const { reason, found } of failures) {
      expect({ reason, found }).toEqual({
        reason: "diverged",
        found: "representations too large for float32",
      });
    }
  },
);

test.each(protocols)(
  "where the top's losses are too large, %s ends every layer with a stitch or as diverged",
  async (protocol) => {
    const [{ sites, failures = [] }] = (await reportOf(large, sound, protocol)).curves;
    expect(sites.length + failures.length).toBe(4);
    expect(failures.length).toBeGreaterThan(0);
    for (const { reason, found } of failures) {
      expect(reason).toBe("diverged");
      expect(found).toMatch(
        /^(representations too large|gradients too large for float32|a loss of)/,
      );
    }
  },
);

test.each([
  { role: "top", top: broken, bottom: sound },
  { role: "bottom", top: sound, bottom: broken },
])("a $role whose logits are not finite ends the run, named", async ({ top, bottom }) => {
  await expect(reportOf(top, bottom)).rejects.toMatchObject({
    name: "LabError",
    code: "numerics",
    input: broken.id,
    expected: "finite logits for every test image",
  });
});
