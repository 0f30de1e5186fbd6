/** A recorded report as test data. Apart from its charts, which a browser test reads too. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  errorOfBottom,
  recordedSchema,
  type CurveReport,
  type ModelResult,
  type Report,
} from "../../../src/experiment/report";

export function recordedReport(name: string): Report {
  const path = resolve(import.meta.dirname, `../../../public/recorded/${name}.json`);
  return recordedSchema.parse(JSON.parse(readFileSync(path, "utf8"))).report;
}

/** The error of a recorded curve's bottom, which has a head. */
export function bottomOf({ bottom }: CurveReport): ModelResult {
  const found = errorOfBottom(bottom);
  if (!found) throw new Error(`${bottom.id} has no head`);
  return found;
}
