/** What a claim is: something that a paper says, and how our recorded report is held against it. */
import type { Report } from "../report";

/** Something the paper says, and how our recorded report is held against it. */
export interface Claim {
  readonly statement: string;
  /** What the paper measured, in points of error unless it says otherwise. */
  readonly paper: string;
  readonly verdict: (report: Report) => Verdict;
}

export interface Verdict {
  /** What ours shows, with its standard error. */
  readonly ours: string;
  readonly holds: boolean;
}
