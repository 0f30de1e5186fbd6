/** The stitch itself: its matrix, its singular values, and how many directions it uses. */
import { useCallback, type ReactNode } from "react";
import { effectiveRank } from "../../core/stitch/spectrum";
import type { StitchMatrix } from "../../engine/host/inspect";
import { spectrumChart } from "./charts/descriptions";
import { SpectrumChart } from "./charts/SpectrumChart";
import { MatrixMap } from "./charts/MatrixMap";
import { number } from "../format/numbers";
import { Section } from "./Section";
import { spectrumOf } from "./spectrum";
import { useOnce } from "./use-once";

/** More channels than these would take minutes to decompose. */
const mostChannels = 1024;

export function MatrixPart({ matrix }: { readonly matrix: StitchMatrix | null }): ReactNode {
  if (!matrix) {
    return (
      <Section title="The stitch’s matrix">
        <p className="hint">
          The sums that this stitch follows from are no longer stored. Run the experiment to have
          them again.
        </p>
      </Section>
    );
  }
  const { rows, columns, side } = matrix;
  return (
    <>
      <Section title="The stitch’s matrix">
        <MatrixMap matrix={matrix} />
        <p>
          {side === 1
            ? "Each of the top’s channels is this weighted sum of the bottom’s, the same at every position."
            : `The kernel has ${String(side)} × ${String(side)} positions, whose matrices stand one beneath the other.`}{" "}
          {rows === columns &&
            side === 1 &&
            "A diagonal would mean that both networks number their features alike; networks trained apart do not."}
        </p>
      </Section>
      <Section title="Singular values">
        {Math.min(rows, columns) > mostChannels ? (
          <p className="hint">
            Left out: {String(rows)} × {String(columns)} weights would take minutes to decompose.
          </p>
        ) : (
          <Spectrum matrix={matrix} />
        )}
      </Section>
    </>
  );
}

function Spectrum({ matrix }: { readonly matrix: StitchMatrix }): ReactNode {
  const ask = useCallback(() => spectrumOf(matrix), [matrix]);
  const spectrum = useOnce(ask, "singular values");
  if (spectrum.status === "loading") return <p className="hint">Decomposing the matrix…</p>;
  if (spectrum.status === "failed") {
    const { expected, found } = spectrum.error;
    return (
      <p className="hint">
        There are none: expected {expected}, found {found}.
      </p>
    );
  }
  const values = spectrum.value;
  const rank = effectiveRank(values);
  const [largest = 0] = values;
  return (
    <>
      <SpectrumChart chart={spectrumChart(values, rank)} />
      {rank === null ? (
        <p>The matrix is 0 everywhere: nothing of the bottom passes it.</p>
      ) : (
        <p>
          Effective rank <strong>{rank.toFixed(1)}</strong> of {values.length}: the stitch uses
          about as many directions of the bottom’s representation (the exponential of the singular
          values’ entropy, Roy &amp; Vetterli 2007). The largest is {number(largest)}, the smallest{" "}
          {number(values.at(-1) ?? 0)}.
        </p>
      )}
    </>
  );
}
