/** A recorded report as test data. Apart from its charts, which a browser test reads too. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { recordedSchema, type Report } from "../../../src/experiment/report";

export function recordedReport(name: string): Report {
  const path = resolve(import.meta.dirname, `../../../public/recorded/${name}.json`);
  return recordedSchema.parse(JSON.parse(readFileSync(path, "utf8"))).report;
}
