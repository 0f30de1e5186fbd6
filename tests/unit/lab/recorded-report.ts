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

const pathOf = (name: string): string =>
  resolve(import.meta.dirname, `../../../public/recorded/${name}.json`);

export function recordedReport(name: string): Report {
  return recordedSchema.parse(JSON.parse(readFileSync(pathOf(name), "utf8"))).report;
}

/** The error of a recorded curve's bottom, which has a head. */
export function bottomOf({ bottom }: CurveReport): ModelResult {
  const found = errorOfBottom(bottom);
  if (!found) throw new Error(`${bottom.id} has no head`);
  return found;
}
