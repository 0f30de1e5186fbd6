/** Reads a details file: everything that the inspector shows of a recorded stitch. */
import { labelsFor, type Classes } from "../../core/data/form";
import { fromFloat16 } from "../../core/weights/float16";
import type { LossCurve } from "../../core/stitch/training/loss-curve";
import type { RepresentationShift } from "../../core/stitch/shift";
import type { Answers, Inspection } from "../host/inspect";
import { answersFrom, wrongFlags } from "./answers";
import { unpacked, type SiteDetails, type StoredArrays } from "./format";
import { readMatrix } from "./matrix";

export interface Details {
  /**
   * @param curve index among the recorded report's curves
   * @param site the site's number
   * @returns null where the file has nothing of this stitch
   * @throws LabError `bad-file` where the file contradicts its header
   */
  readonly inspection: (curve: number, site: number) => Inspection | null;
  /** What did not fit into the file, for people. */
  readonly leftOut: readonly string[];
}

/**
 * @param name what errors call the file
 * @throws LabError `bad-file` naming what is wrong with it
 */
export async function readDetails(file: Uint8Array, name: string): Promise<Details> {
  const { header, arrays } = await unpacked(file, name);
  const { trainImages } = header;
  const classes: Classes = { names: header.classNames, groupings: header.groupings };
  const labels = arrays.classes(header.labels);
  const answersOf = (network: number): Answers | null => {
    const stored = header.networks[network];
    if (!stored) return null;
    const correct = labelsFor(labels, classes, stored.classes);
    const predicted = answersFrom(arrays.classes(stored.answers), correct);
    return { classes: stored.classes, predicted, wrong: wrongFlags(predicted, correct) };
  };
  return {
    leftOut: header.leftOut,
    inspection(curve, site) {
      const own = header.curves[curve];
      const found = own?.sites.find((other) => other.site === site);
      const top = own ? answersOf(own.top) : null;
      if (!own || !found || !top?.predicted) return null;
      const [bottomTap, topTap] = found.taps;
      const predicted = answersFrom(arrays.classes(found.answers), top.predicted);
      const wrong = wrongFlags(predicted, labelsFor(labels, classes, top.classes));
      return {
        saved: true,
        place: { name: found.name, bottomTap, topTap },
        labels: { labels, classes },
        top,
        bottom: answersOf(own.bottom),
        stitched: { classes: top.classes, predicted, wrong },
        matrix: found.matrix && readMatrix(found.matrix, arrays),
        lossCurve: found.loss && lossCurveOf(found.loss, arrays),
        shift: found.shift && shiftFrom(found.shift, arrays),
        trainImages,
      };
    },
  };
}

function lossCurveOf(
  { stride, steps, means }: NonNullable<SiteDetails["loss"]>,
  arrays: StoredArrays,
): LossCurve {
  const sums = Float64Array.from(
    fromFloat16(arrays.halves(means)),
    (mean, point) => mean * Math.min(stride, steps - point * stride),
  );
  return { stride, steps, sums };
}

function shiftFrom(
  stored: NonNullable<SiteDetails["shift"]>,
  arrays: StoredArrays,
): RepresentationShift {
  const doubles = (number: number): Float64Array => Float64Array.from(arrays.floats(number));
  return {
    ...stored,
    ownMean: doubles(stored.ownMean),
    ownDeviation: doubles(stored.ownDeviation),
    stitchedMean: doubles(stored.stitchedMean),
    stitchedDeviation: doubles(stored.stitchedDeviation),
  };
}
