/**
 * Logs the events of a run so far, without those that later ones replaced, for a tab that begins to
 * follow midway.
 */
import type { ExperimentEvent, ResultEvent } from "../../../experiment/events";

export interface EventLog {
  add(event: ExperimentEvent): void;
  /** Returns them in the order added. */
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
    case "curve":
      return `curve ${event.curve} ${subjectOfResult(event.event)}`;
    case "paused":
    case "resumed":
      return "paused or resumed";
    case "assets":
    case "progress":
    case "recovered":
    case "finished":
      return event.type;
    default:
      return event satisfies never;
  }
}

function subjectOfResult(event: ResultEvent): string {
  switch (event.type) {
    case "baseline":
      return `baseline ${event.role}`;
    case "similarity":
    case "least-squares":
      return `${event.type} ${event.site}`;
    case "probe": {
      const { role, tap, representation } = event.result;
      return `probe ${role} ${tap} ${representation}`;
    }
    case "site":
      return `site ${event.result.site}`;
    case "site-failed":
      return `site ${event.failure.site}`;
    default:
      return event satisfies never;
  }
}
