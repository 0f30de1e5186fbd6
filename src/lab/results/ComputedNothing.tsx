/** What will appear where nothing is computed yet, and how. */
import type { ReactNode } from "react";
import type { Recorded } from "../../experiment/recorded";
import type { Loaded } from "../session/state";

interface Props {
  /** Null where the experiment is no preset. */
  readonly recorded: Loaded<Recorded> | null;
  readonly grid: boolean;
}

export default function ComputedNothing({ recorded, grid }: Props): ReactNode {
  return (
    <section className="results nothing-yet" aria-labelledby="results-title">
      <h2 id="results-title">Nothing computed yet</h2>
      {recorded?.status === "failed" && (
        <p className="notice notice-problems">
          This figure has no recorded result that can be shown. Run computes it on your machine.
        </p>
      )}
      <p>
        Press <strong>Run</strong>.{" "}
        {grid
          ? "Cell by cell, two tables of every bottom layer with every top layer appear here:"
          : "Layer by layer, two charts appear here:"}
      </p>
      <dl>
        <dt>Stitching penalty</dt>
        <dd>
          How many percentage points more test images the stitched network gets wrong than the top
          network by itself. Low: the top can use what the bottom computes.
        </dd>
        <dt>CKA</dt>
        <dd>
          How alike the two networks’ representations are, from 0 to 1, without asking what they are
          good for. The two often disagree.
        </dd>
      </dl>
    </section>
  );
}
