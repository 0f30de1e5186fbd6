/**
 * Runs an experiment with its progress on standard error: on one line of a terminal, or on a line for
 * each tenth of the work where there is no terminal.
 */
import type { ExperimentEvent } from "../experiment/events";
import { runEvents, type RunOptions } from "../node/run";
import type { Report } from "../experiment/report";
import type { Spec } from "../experiment/spec";

export interface ProgressLine {
  show(event: ExperimentEvent): void;
  /** Clears the line, so that what follows starts on a fresh one. */
  end(): void;
}

/** @param stream standard error, so that standard output holds the result alone */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let lastTenth = -1;
  return {
    show(event) {
      const text = textOf(event);
      if (text === undefined) return;
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${text.slice(0, Math.max(20, stream.columns - 1))}`);
      } else if (event.type === "progress") {
        const tenth = Math.floor(event.fraction * 10);
        if (tenth > lastTenth) stream.write(`${text}\n`);
        lastTenth = Math.max(tenth, lastTenth);
      }
    },
    end() {
      if (stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}

function textOf(event: ExperimentEvent): string | undefined {
  if (event.type === "assets") {
    return `reading files ${event.done}/${event.total} ${event.file}`;
  }
  if (event.type !== "progress") return undefined;
  const percent = `${(100 * event.fraction).toFixed(0)} %`;
  const left = event.remainingMs === null ? "" : `, ${duration(event.remainingMs / 1000)} left`;
  return `${percent}${left}  ${event.activity}`;
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.round(seconds)} s`;
}

/** @throws LabError as the experiment does; `cancelled` after an interrupt */
export async function runInTerminal(
  spec: Spec,
  options: Omit<RunOptions, "signal">,
): Promise<Report> {
  for await (const event of eventsInTerminal(spec, options)) {
    if (event.type === "finished") return event.report;
  }
  throw new Error("the experiment ended without a report");
}

/** @throws as `runInTerminal` does */
export async function* eventsInTerminal(
  spec: Spec,
  options: Omit<RunOptions, "signal">,
): AsyncGenerator<ExperimentEvent> {
  const line = progressLine(process.stderr);
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once("SIGINT", interrupt);
  try {
    for await (const event of runEvents(spec, { ...options, signal: abort.signal })) {
      line.show(event);
      yield event;
    }
  } finally {
    process.removeListener("SIGINT", interrupt);
    line.end();
  }
}
