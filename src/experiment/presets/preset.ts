/** What a preset is: one of the paper's experiments, ready to be opened. */
import type { Report } from "../report";
import type { Spec } from "../spec";

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

export interface Preset {
  /** In the list, and on the command line. */
  readonly title: string;
  /** Of Bansal, Nakkiran & Barak 2021; null for an experiment that the paper left to others. */
  readonly figure: string | null;
  /** What the paper found, in one sentence. */
  readonly claim: string;
  /** How ours differs from it. */
  readonly scale: string;
  readonly spec: Spec;
  /** Where to look in the charts. */
  readonly lookFor: string;
  readonly claims: readonly Claim[];
  /** To put to a class before it sees the result. */
  readonly question: string;
}
