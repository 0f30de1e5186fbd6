/** The charts' numbers as a table. */
import type { ReactNode } from "react";
import type { Penalty, Row, Similarity, Training } from "../../session/rows";
import { stitchName, useInspect, useLayer } from "../../view/result-contexts";
import { similarityText, percent, points, signedPoints, count } from "../../format/numbers";
import { failureText } from "../../format/errors";

interface Curve {
  /** Null where there is one only. */
  readonly label: string | null;
  readonly rows: readonly Row[];
}

interface Props {
  readonly curves: readonly Curve[];
  /** Whether the protocol trains; otherwise the scored stitch is the least-squares one. */
  readonly trained: boolean;
  /** The measure of similarity, for people. */
  readonly measure: string;
}

/** In CSS pixels, of a table that is not laid out yet. */
function aboutHigh(curves: readonly Curve[]): number {
  return curves.reduce((sum, { rows }) => sum + 40 + 45 * rows.length, 100);
}

export function ResultsTable({ curves, trained, measure }: Props): ReactNode {
  const { layer, choose, pointAt } = useLayer();
  const inspect = useInspect();
  return (
    <div
      className="table-frame laid-out-near"
      style={{ containIntrinsicHeight: `auto ${aboutHigh(curves)}px` }}
    >
      <table>
        <caption>
          Stitching penalty and similarity at each layer. Penalties are percentage points of test
          error above the top network’s own, ± one standard error.
        </caption>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col" className="test-error">
              Test error
            </th>
            <th scope="col">Penalty</th>
            {trained && <th scope="col">Penalty, least squares</th>}
            <th scope="col">{measure}</th>
            {trained && (
              <th scope="col" className="training">
                Training
              </th>
            )}
            <th scope="col">
              <span className="visually-hidden">Inspect</span>
            </th>
          </tr>
        </thead>
        {curves.map(({ label, rows }, curve) => (
          <tbody key={label}>
            {label !== null && (
              <tr>
                <th scope="rowgroup" colSpan={trained ? 7 : 5} className="curve-name">
                  {label}
                </th>
              </tr>
            )}
            {rows.map(({ site, name, penalty, leastSquares, similarity, training, failure }) => (
              <tr
                key={site}
                className={site === layer ? "chosen" : undefined}
                onClick={() => choose(site)}
                onMouseEnter={() => pointAt(site)}
                onMouseLeave={() => pointAt(null)}
                onFocus={() => pointAt(site)}
                onBlur={() => pointAt(null)}
              >
                <th scope="row">{name}</th>
                {failure === null ? (
                  <>
                    <td className="test-error">
                      {typeof penalty?.testError === "number" ? (
                        percent(penalty.testError)
                      ) : (
                        <NotYet />
                      )}
                    </td>
                    <PenaltyCell penalty={penalty} />
                  </>
                ) : (
                  <td colSpan={2} className="in-words">
                    No stitch. {failureText(failure)}
                  </td>
                )}
                {trained &&
                  (failure?.reason === "singular" ? (
                    <td>none</td>
                  ) : (
                    <PenaltyCell penalty={leastSquares} className="least-squares" />
                  ))}
                <SimilarityCell similarity={similarity} />
                {trained && (
                  <td className="training in-words">
                    {training === null ? failure === null && <NotYet /> : trainingText(training)}
                  </td>
                )}
                <td className="inspect-cell">
                  {penalty !== null && inspect && (
                    <button
                      type="button"
                      className="quiet"
                      aria-haspopup="dialog"
                      data-stitch={stitchName({ curve, site })}
                      aria-label={`Inspect ${label === null ? name : `${name}, ${label}`}`}
                      onClick={() => inspect({ curve, site })}
                    >
                      Inspect
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** How long a stitch was trained, and why no longer. */
export function trainingText({ steps, stop, closedForm }: Training): string {
  if (closedForm) return "closed form";
  const taken = `${count(steps)} steps`;
  switch (stop) {
    case "settled":
      return `${taken}, converged`;
    case "budget":
      return `${taken}, step limit`;
    case "least-squares":
      return "least squares is best";
    case "too-few-images":
      return "too few training images";
    case null:
      return taken;
    default:
      return stop satisfies never;
  }
}

interface PenaltyCellProps {
  readonly penalty: Penalty | null;
  readonly className?: string;
}

function PenaltyCell({ penalty, className }: PenaltyCellProps): ReactNode {
  if (penalty === null) {
    return (
      <td>
        <NotYet />
      </td>
    );
  }
  return (
    <td className={className}>
      {signedPoints(penalty.value)}{" "}
      {penalty.standardError !== null && (
        <span className="deviation">± {points(penalty.standardError)}</span>
      )}
    </td>
  );
}

function SimilarityCell({ similarity }: { readonly similarity: Similarity }): ReactNode {
  switch (similarity.status) {
    case "waiting":
      return (
        <td>
          <NotYet />
        </td>
      );
    case "undefined":
      return <td>undefined</td>;
    case "known":
      return <td>{similarityText(similarity.value)}</td>;
    default:
      return similarity satisfies never;
  }
}

function NotYet(): ReactNode {
  return (
    <span className="not-yet">
      <span aria-hidden="true">·</span>
      <span className="visually-hidden">not yet</span>
    </span>
  );
}
