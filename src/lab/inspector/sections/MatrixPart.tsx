/** The stitch itself: its matrix, its singular values, and how many directions it uses. */
import { useCallback, useMemo, useState, type ReactNode } from "react";
import { effectiveRank } from "../../../core/stitch/spectrum";
import type { Inspection, StitchMatrix } from "../../../engine/host/inspect";
import { spectrumChart } from "../charts/descriptions";
import { SpectrumChart } from "../charts/SpectrumChart";
import { MatrixMap } from "../charts/MatrixMap";
import { number } from "../../format/numbers";
import { matchedRows, mostMatched, withRowOrder } from "./matched-rows";
import { Section } from "./Section";
import { useOnce } from "../../ui/use-once";
import { LabError } from "../../../core/errors";
import type { SpectrumAnswer, SpectrumRequest } from "./spectrum-worker";

/** More channels than these would take minutes to decompose. */
const mostChannels = 1024;

export function MatrixPart({ matrix, saved }: Pick<Inspection, "matrix" | "saved">): ReactNode {
  if (!matrix) {
    return (
      <Section title="Stitch matrix">
        <p className="hint">
          {saved
            ? "Left out of the saved result, whose file holds at most 400 kB. Run here recomputes it."
            : "The data for this matrix is no longer stored. Run the experiment to recompute it."}
        </p>
      </Section>
    );
  }
  const { rows, columns } = matrix;
  return (
    <>
      <Section title="Stitch matrix">
        <Weights matrix={matrix} />
      </Section>
      <Section title="Singular values">
        {Math.min(rows, columns) > mostChannels ? (
          <p className="hint">
            Skipped: {String(rows)} × {String(columns)} weights would take minutes to decompose.
          </p>
        ) : (
          <Spectrum matrix={matrix} />
        )}
      </Section>
    </>
  );
}

function Weights({ matrix }: { readonly matrix: StitchMatrix }): ReactNode {
  const [wanted, setWanted] = useState(false);
  const { rows, columns, side, levels } = matrix;
  const matchable = side === 1 && Math.max(rows, columns) <= mostMatched;
  const matched = wanted && matchable;
  const shown = useMemo(
    () => (matched ? withRowOrder(matrix, matchedRows(matrix)) : matrix),
    [matrix, matched],
  );
  return (
    <>
      {matchable && (
        <label className="match-channels">
          <input
            type="checkbox"
            checked={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.checked)}
          />
          Match channels
        </label>
      )}
      <MatrixMap matrix={shown} />
      <p>
        {side === 1
          ? "Each top channel is a weighted sum of the bottom’s channels, the same at every position."
          : `The matrices of the ${side} × ${side} kernel positions, stacked.`}{" "}
        {matchable &&
          (matched
            ? "Rows and columns are matched one to one by their largest weights, and each row is moved next to its column. A clear diagonal means that the bottom has much the same features in another order."
            : "Independently trained networks have their features in different orders: “Match channels” reorders the rows.")}
      </p>
      {levels !== null && (
        <p className="hint">
          Saved with weights rounded to {2 * levels + 1} levels. Flipped images, penalty and
          distance come from the exact weights.
        </p>
      )}
    </>
  );
}

function Spectrum({ matrix }: { readonly matrix: StitchMatrix }): ReactNode {
  const ask = useCallback(() => spectrumOf(matrix), [matrix]);
  const spectrum = useOnce(ask, "singular values");
  if (spectrum.status === "loading") return <p className="hint">Computing singular values…</p>;
  if (spectrum.status === "failed") {
    const { expected, found } = spectrum.error;
    return (
      <p className="hint">
        Not available: expected {expected}, found {found}.
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
        <p>The matrix is all zeros: nothing passes through it.</p>
      ) : (
        <p>
          Effective rank <strong>{rank.toFixed(1)}</strong> of {values.length}: the stitch uses
          about that many directions of the bottom’s representation (exponential of the singular
          values’ entropy, Roy &amp; Vetterli 2007). Largest: {number(largest)}; smallest:{" "}
          {number(values.at(-1) ?? 0)}.
        </p>
      )}
    </>
  );
}

/**
 * Finds singular values in a worker.
 *
 * @throws LabError when the matrix cannot be decomposed, or the worker cannot be started
 */
function spectrumOf({ values, rows, columns }: StitchMatrix): Promise<Float64Array> {
  const worker = new Worker(new URL("./spectrum-worker.ts", import.meta.url), { type: "module" });
  return new Promise<Float64Array>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<SpectrumAnswer>) => {
      if ("values" in data) resolve(data.values);
      else reject(new LabError(data.error));
    };
    worker.onerror = ({ message }) => {
      const expected = "a worker";
      const found = message || "none";
      reject(new LabError({ code: "backend", input: "matrix of a stitch", expected, found }));
    };
    worker.postMessage({ values, rows, columns } satisfies SpectrumRequest);
  }).finally(() => worker.terminate());
}
