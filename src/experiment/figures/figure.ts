/**
 * A figure of the paper: the experiment that reproduces it, and what the paper claims of it. Claims
 * are functions, so that a bundler leaves them out of the page, which shows none.
 */
import type { Report } from "../report";
import { type Spec, defaultSpec, withOtherCurves, type Curve } from "../spec";
import type { ProtocolName } from "../protocol";

/** A heading of the gallery; "roads" is the paper's "all roads lead to Rome". */
export type FigureGroup = "roads" | "more" | "cka" | "beyond";

/** Penalties that the paper reports, in points. */
export interface PaperRange {
  readonly from: number;
  readonly to: number;
  /** "at most about +3"; from … to … where it is left out. */
  readonly words?: string;
  /** The layers that it is about, as shares of the depth; all where it is left out. */
  readonly depths?: readonly [first: number, last: number];
}

/** The experiment, ready to be opened, with its texts for the gallery. */
export interface Preset {
  /** The title in the gallery. */
  readonly title: string;
  /**
   * The figure in Bansal, Nakkiran & Barak 2021; null for an experiment that the paper does not
   * have.
   */
  readonly figure: string | null;
  readonly group: FigureGroup;
  /** Short names of the curves for a chart, in the order of the spec: at most 22 characters. */
  readonly names: readonly string[];
  /** Place of the curve that the figure is about; 0 where it is left out. */
  readonly main?: number;
  /** Whether large penalties are the point, so that no curve gets a scale of its own. */
  readonly oneScale?: true;
  /**
   * The highest penalty that the scale holds, in points: what is above is written at its edge. Absent
   * where the scale holds all that is known.
   */
  readonly highest?: number;
  /** Pairs of curves that the claim compares, by place; all pairs where it is left out. */
  readonly compared?: readonly (readonly [number, number])[];
  /** What the paper measured; absent without numbers. */
  readonly paper?: readonly PaperRange[];
  /** What our recorded curves show of the paper's claim, in a sentence or two. */
  readonly claim: string;
  /** How ours differs from the paper's experiment. */
  readonly scale: string;
  readonly spec: Spec;
  /** What to see in our recorded curves, and where they differ from the paper's. */
  readonly lookFor: string;
  /** A question for a class before it sees the result. */
  readonly question: string;
}

/**
 * A statement of the paper, and how our recorded report is judged against it. A figure's first claim
 * is the one that its card shows.
 */
export interface Claim {
  readonly statement: string;
  /** What the paper measured, in points of error unless it says otherwise. */
  readonly paper: string;
  /** Where it does not hold here: "because …", or "perhaps because …". */
  readonly because?: string;
  readonly verdict: (report: Report) => Verdict;
}

export interface Verdict {
  /** What ours shows, with its standard error. */
  readonly ours: string;
  readonly holds: boolean;
}

/** Maximum number of epochs: `quick` settles earlier. */
const epochs = 4;
const images = 10_000;

/**
 * Returns the spec of a recorded experiment: 10,000 training and all test images. By `quick`, since a
 * penalty is that of the best stitch: four epochs of the paper's protocol leave most layers far from
 * it (see the preset `protocol`).
 */
export function recordedSpec(
  top: string,
  bottom: string,
  others: readonly Partial<Curve>[] = [],
  protocol: ProtocolName = "quick",
): Spec {
  const usual = defaultSpec(top, bottom, protocol);
  const spec = { ...usual, trainImages: images, testImages: images, epochs };
  const [first] = spec.curves;
  return withOtherCurves(
    spec,
    others.map((curve) => ({ ...first, ...curve })),
  );
}
