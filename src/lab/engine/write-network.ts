/** A stitched network as a file, with what the file says of itself. */
import { foldStitched, type FoldDeps } from "../../engine/host/fold";
import { writeAddress } from "../../experiment/address/address";
import type { Report } from "../../experiment/report";
import { curvesOf, specOf } from "../../experiment/spec";
import type { WrittenNetwork } from "./engine-types";
import { fileStem } from "../format/labels";

/** @throws LabError as `foldStitched` does */
export async function writeNetwork(
  report: Report,
  curve: number,
  site: number,
  deps: FoldDeps,
): Promise<WrittenNetwork> {
  const { backend } = report;
  const own = curvesOf(report.spec)[curve] ?? curvesOf(report.spec)[0];
  const spec = specOf(own);
  const found = report.curves[curve];
  const result = found?.sites.find((other) => other.site === site);
  const name = `${fileStem(spec)}--site${site}.safetensors`;
  const about = {
    made_by: "Stitch Lab",
    experiment: writeAddress({ spec, backend }),
    bottom: own.bottom,
    top: own.top,
    ...(found && { bottom_sha256: found.bottom.sha256, top_sha256: found.top.sha256 }),
    ...(result && { test_error: String(result.testError), test_images: String(spec.testImages) }),
  };
  const folded = await foldStitched({ spec: own, site, name, about }, deps);
  return { ...folded, name };
}
