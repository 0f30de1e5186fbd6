/** What will appear where nothing is computed yet, and how. */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import { targetWords } from "../format/target-words";

interface Props {
  readonly spec: Spec;
  /** A recorded file cannot be had. */
  readonly failed: boolean;
  readonly grid: boolean;
}

export default function ComputedNothing({ spec, failed, grid }: Props): ReactNode {
  return (
    <section className="results nothing-yet" aria-labelledby="results-title">
      <h2 id="results-title">No results yet</h2>
      {failed && (
        <p className="notice notice-problems">
          Could not load this figure’s saved result. Press Run to compute it.
        </p>
      )}
      <p>
        Press <strong>Run</strong>.{" "}
        {grid
          ? "Two tables of every bottom layer with every top layer fill in cell by cell:"
          : "Two charts fill in layer by layer:"}
      </p>
      <dl>
        <dt>{targetWords(spec).title}</dt>
        <dd>
          {spec.target === "top"
            ? "On how many test images the stitched network answers otherwise than the top alone, in percentage points."
            : "The stitched network’s test error minus the top network’s own, in percentage points."}{" "}
          Low: the top can use what the bottom computes.
        </dd>
        <dt>CKA</dt>
        <dd>
          How similar the two networks’ representations are, from 0 to 1. The two often disagree.
        </dd>
      </dl>
    </section>
  );
}
