/** Runs an experiment with its progress on standard error. */
import { runEvents, type RunOptions } from "../node/run";
import type { Report } from "../experiment/report";
import type { Spec } from "../experiment/spec";
import { progressLine } from "./progress-line";

/** @throws LabError as the experiment does; `cancelled` after an interrupt */
export async function runInTerminal(
  spec: Spec,
  options: Omit<RunOptions, "signal">,
): Promise<Report> {
  const line = progressLine(process.stderr);
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once("SIGINT", interrupt);
  try {
    for await (const event of runEvents(spec, { ...options, signal: abort.signal })) {
      line.show(event);
      if (event.type === "finished") return event.report;
    }
  } finally {
    process.removeListener("SIGINT", interrupt);
    line.end();
  }
  throw new Error("the experiment ended without a report");
}
