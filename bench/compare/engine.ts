/** Our side: the engine as the command line runs it, on wasm. */
import type { DataManifest } from "../../src/core/data/manifest";
import { nodeDeps } from "../../src/node/run";
import { progressLine } from "../../src/cli/terminal";
import { runExperiment, type RunDeps } from "../../src/engine/host/run";
import type { ModelFile } from "../../src/engine/messages";
import type { ProtocolName } from "../../src/experiment/protocol";
import { errorOfBottom, type Report } from "../../src/experiment/report";
import { specSchema, type Spec } from "../../src/experiment/spec";
import type { Options } from "./options";
import type { Side } from "./side";

/**
 * Two experiments: `glance` at every tap, then `paper` at the taps asked for, which finds the first
 * one's baselines and sums in the store. (It scores the least-squares stitches of its taps once
 * more, so its seconds count a little against us.)
 */
export async function engineSide(
  options: Options,
  models: { readonly top: ModelFile; readonly bottom: ModelFile },
  data: DataManifest,
  dataFolder: string,
): Promise<Side> {
  const deps: RunDeps = {
    models: Object.values(models),
    data,
    dataFolder,
    backend: "wasm",
    ...nodeDeps(),
    workers: options.threads,
    signal: new AbortController().signal,
  };
  const spec = (protocol: ProtocolName, sites: Spec["sites"], epochs: number): Spec =>
    specSchema.parse({
      version: 3,
      curves: [{ top: models.top.id, bottom: models.bottom.id, seed: options.seed }],
      protocol,
      sites,
      trainImages: options["train-images"],
      testImages: options["test-images"],
      // PyTorch's side takes CKA in its pass over them.
      similarityImages: "train",
      epochs,
    });
  const glance = await timed(spec("glance", "all", 0), deps);
  const paper = await timed(spec("paper", options.taps, options.epochs), deps);
  return {
    top: glance.report.curves[0].top.testError,
    bottom: errorOfBottom(glance.report.curves[0].bottom)?.testError ?? NaN,
    closedForm: glance.report.curves[0].sites.map(({ site, leastSquaresTestError, cka }) => ({
      tap: site,
      testError: leastSquaresTestError,
      cka,
    })),
    trained: paper.report.curves[0].sites.map(({ site, testError }) => ({ tap: site, testError })),
    seconds: { closedForm: glance.seconds, training: paper.seconds },
  };
}

async function timed(spec: Spec, deps: RunDeps): Promise<{ report: Report; seconds: number }> {
  const startedMs = deps.nowMs();
  const line = progressLine(process.stderr);
  let report: Report | undefined;
  for await (const event of runExperiment(spec, deps)) {
    line.show(event);
    if (event.type === "finished") ({ report } = event);
  }
  line.end();
  if (!report) throw new Error(`the ${spec.protocol} experiment ended without a report`);
  return { report, seconds: (deps.nowMs() - startedMs) / 1000 };
}
