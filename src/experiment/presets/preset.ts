/** What a preset is: one of the paper's experiments, ready to be opened. */
import type { Spec } from "../spec";

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
  /** To put to a class before it sees the result. */
  readonly question: string;
}
