/** What a run has told so far, in short: for a host that begins to follow in the middle. */
import type { ExperimentEvent } from "../../experiment/events";

export interface EventLog {
  add(event: ExperimentEvent): void;
  /** In the order told, without what later events replaced. */
  all(): ExperimentEvent[];
}

export function createEventLog(): EventLog {
  const latest = new Map<string, ExperimentEvent>();
  return {
    add(event) {
      const key = subjectOf(event);
      latest.delete(key);
      latest.set(key, event);
    },
    all: () => [...latest.values()],
  };
}

/** Events of one subject replace each other. */
function subjectOf(event: ExperimentEvent): string {
  switch (event.type) {
    case "baseline":
      return `baseline ${event.role}`;
    case "similarity":
    case "least-squares":
      return `${event.type} ${String(event.site)}`;
    case "site":
      return `site ${String(event.result.site)}`;
    case "site-failed":
      return `site ${String(event.failure.site)}`;
    case "also":
      return `also ${String(event.curve)} ${subjectOf(event.finding)}`;
    case "paused":
    case "resumed":
      return "stance";
    case "assets":
    case "progress":
    case "recovered":
    case "finished":
      return event.type;
    default:
      return event satisfies never;
  }
}
