/** The error of a cancelled run. */
import { LabError } from "../../core/errors";

export function cancelled(): LabError {
  return new LabError({
    code: "cancelled",
    input: "experiment",
    expected: "a complete run",
    found: "a cancelled one; finished layers are kept",
  });
}
