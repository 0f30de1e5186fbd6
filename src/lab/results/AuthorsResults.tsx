/** What the address's author found, layer by layer, next to what was computed here. */
import type { ReactNode } from "react";
import { comparison, tolerance, type Comparison } from "../../experiment/comparison";
import type { Digest } from "../../experiment/digest";
import { layerPoints, otherPenalties } from "./charts/chart-data";
import { ChartPlace } from "./ChartPlace";
import { useChartSizes } from "./charts/chart-sizes";
import { penaltyChart } from "./charts/penalty-description";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { axisSitesShown, sitesShown } from "../session/pair";
import { curveResults, emptyResults, withDigest, type Results } from "../session/results";
import { rowsOf, type Row } from "../session/rows";
import { firstLabel, otherCurves } from "./other-rows";
import { nameOf } from "../session/model-names";
import { curveLabel } from "../format/labels";
import { count, points, signedPoints } from "../format/numbers";

interface Props {
  readonly digest: Digest;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** What was computed here. */
  readonly results: Results;
}

interface Line {
  readonly row: Row;
  readonly author: number | null;
  readonly verdict: Comparison;
}

export default function AuthorsResults({ digest, spec, models, results }: Props): ReactNode {
  // A network may be a file that is not here: the address has its results all the same.
  const curves = spec.curves.map((curve, index) => {
    const authors = digest[index] ?? [];
    const sites = sitesShown(spec, curve, models, authors.length);
    return {
      label: spec.curves.length > 1 ? curveLabel(curve, spec, nameOf(models)) : null,
      lines: rowsOf(curveResults(results, index), sites).map((row, place): Line => {
        const author = authors[place]?.penalty ?? null;
        return { row, author, verdict: comparison(author, row) };
      }),
    };
  });
  const verdicts = curves.flatMap(({ lines }) => lines.map(({ verdict }) => verdict));
  return (
    <section className="results" aria-labelledby="authors-title">
      <h2 id="authors-title">The author’s results and yours</h2>
      <p role="status">{summary(verdicts)}</p>
      <AuthorsChart spec={spec} models={models} digest={digest} />
      <div className="table-frame">
        <table>
          <caption>Stitching penalty at each layer, in percentage points.</caption>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Author</th>
              <th scope="col">Here</th>
              <th scope="col">Comparison</th>
            </tr>
          </thead>
          {curves.map(({ label, lines }) => (
            <tbody key={label}>
              {label !== null && (
                <tr>
                  <th scope="rowgroup" colSpan={4} className="curve-name">
                    {label}
                  </th>
                </tr>
              )}
              {lines.map(({ row, author, verdict }) => (
                <tr key={row.site}>
                  <th scope="row">{row.name}</th>
                  <td>{author === null ? "no stitch" : signedPoints(author)}</td>
                  <td>{hereText(row)}</td>
                  <td>{verdictText(verdict)}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <p className="hint">
        “Same” means within {points(tolerance.rounding)} points plus one standard error: devices
        round differently, and equally good stitches may be wrong on different images.
      </p>
    </section>
  );
}

/** What the author saw. */
function AuthorsChart({ digest, spec, models }: Omit<Props, "results">): ReactNode {
  const { penaltyHeight } = useChartSizes();
  const { results } = withDigest(emptyResults, spec, digest);
  const [first] = spec.curves;
  const asked = sitesShown(spec, first, models, digest[0]?.length ?? 0);
  const sites = axisSitesShown(first, models, asked);
  const chart = penaltyChart({
    title: "The author’s stitching penalty, in points",
    sites,
    points: layerPoints(rowsOf(curveResults(results), asked), sites.length),
    others: otherPenalties(otherCurves(spec, models, results), sites.length),
    label: firstLabel(spec, models),
    trained: false,
    topError: null,
    bottomError: null,
  });
  return (
    <figure className="charts" aria-labelledby="authors-chart-title">
      <figcaption>
        <h3 id="authors-chart-title">{chart.title}</h3>
      </figcaption>
      <ChartPlace chart={chart} height={penaltyHeight} />
    </figure>
  );
}

function hereText({ penalty, failure }: Row): string {
  if (failure !== null) return "no stitch";
  return penalty === null
    ? "not yet"
    : `${signedPoints(penalty.value)} ± ${points(penalty.standardError ?? 0)}`;
}

function verdictText(verdict: Comparison): string {
  switch (verdict.status) {
    case "not-yet":
      return "not yet";
    case "same":
      return "same";
    case "differs":
      return `differs by ${signedPoints(verdict.by)} points`;
    case "one-has-none":
      return verdict.who === "here" ? "no stitch here" : "the author had no stitch";
    default:
      return verdict satisfies never;
  }
}

function summary(verdicts: readonly Comparison[]): string {
  const known = verdicts.filter(({ status }) => status !== "not-yet");
  if (known.length === 0) return "Run here to compare.";
  const same = known.filter(({ status }) => status === "same").length;
  const of = `${count(same)} of ${count(known.length)} layers agree`;
  return known.length < verdicts.length ? `So far ${of}.` : `${of}.`;
}
