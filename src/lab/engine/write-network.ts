/** A stitched network as a file, with what the file says of itself. */
import { foldStitched, type FoldDeps } from "../../engine/host/fold";
import { writeAddress } from "../../experiment/address";
import type { Report } from "../../experiment/report";
import { curvesOf } from "../../experiment/spec";
import type { WrittenNetwork } from "./engine-types";
import { fileStem } from "../format/file-names";

/** @throws LabError as `foldStitched` does */
export async function writeNetwork(
  report: Report,
  curve: number,
  tap: number,
  deps: FoldDeps,
): Promise<WrittenNetwork> {
  const { backend } = report;
  const spec = curvesOf(report.spec)[curve] ?? report.spec;
  const found = curve === 0 ? report : report.also?.[curve - 1];
  const result = found?.taps.find((other) => other.tap === tap);
  const name = `${fileStem(spec)}--tap${String(tap)}.safetensors`;
  const about = {
    made_by: "Stitch Lab",
    experiment: writeAddress({ spec: { ...spec, also: [] }, backend }),
    bottom: spec.bottom,
    top: spec.top,
    ...(found && { bottom_sha256: found.bottom.sha256, top_sha256: found.top.sha256 }),
    ...(result && { test_error: String(result.testError), test_images: String(spec.testImages) }),
  };
  const folded = await foldStitched({ spec: { ...spec, also: [] }, tap, name, about }, deps);
  return { ...folded, name };
}
