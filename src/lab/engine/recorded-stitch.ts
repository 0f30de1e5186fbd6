/** Stitches of recorded figures, from the details files next to the reports. */
import type { Details } from "../../engine/details/read";
import type { Inspection, StitchMatrix } from "../../engine/host/inspect";
import type { Recorded } from "../../experiment/report";
import { curveKey, type Curve } from "../../experiment/spec";
import type { LabEngine } from "./engine-types";

type DetailsSource = Pick<LabEngine, "details">;

/**
 * The index of a curve in a recorded figure, which need not be the figure that is open; −1 where it
 * is not there. A spec has every curve once, and the settings that curves share are the figure's.
 */
export function curveIn({ report }: Recorded, curve: Curve): number {
  return report.spec.curves.findIndex((other) => curveKey(other) === curveKey(curve));
}

/**
 * Everything that is recorded of one stitch.
 *
 * @param curve index in the recorded figure, as {@link curveIn} finds it
 * @returns null where the figure has no details file, or the file nothing of this stitch
 * @throws LabError `hash-mismatch` where the file is not the one that the report names; others where
 *   it cannot be had or read
 */
export async function recordedInspection(
  source: DetailsSource,
  recorded: Recorded,
  curve: number,
  site: number,
): Promise<Inspection | null> {
  const details = await detailsOf(source, recorded);
  return details?.inspection(curve, site) ?? null;
}

/**
 * A recorded stitch's matrix and bias: z = x W + b at every position, where its side is 1.
 *
 * @param curve index in the recorded figure, as {@link curveIn} finds it
 * @returns null where it is not recorded, or left out of the file
 * @throws LabError as {@link recordedInspection} does
 */
export async function recordedStitch(
  source: DetailsSource,
  recorded: Recorded,
  curve: number,
  site: number,
): Promise<StitchMatrix | null> {
  return (await recordedInspection(source, recorded, curve, site))?.matrix ?? null;
}

function detailsOf(source: DetailsSource, { details }: Recorded): Promise<Details | null> {
  return details ? source.details(details) : Promise.resolve(null);
}
