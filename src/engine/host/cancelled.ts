/** The error of a cancelled run. */
import { LabError } from "../../core/errors";

export function cancelled(): LabError {
  return new LabError({
    code: "cancelled",
    input: "experiment",
    expected: "a run to its end",
    found: "it was cancelled; finished taps are kept",
  });
}
