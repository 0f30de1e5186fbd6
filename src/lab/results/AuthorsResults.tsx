/** What the address's author found, layer by layer, next to what was computed here. */
import type { ReactNode } from "react";
import { comparison, tolerance, type Comparison } from "../../experiment/comparison";
import type { Digest } from "../../experiment/address/digest";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { axisNames } from "../picture/plots/axis-names";
import { curveViews } from "../picture/model/curve-views";
import { penaltyPlot } from "../picture/model/penalty-plot";
import type { PlotCurve } from "../picture/plots/layer-plot";
import { PlainPlot } from "../picture/plots/PlainPlot";
import type { AxisSite } from "../session/experiment/pair";
import { curveResults, emptyResults, withDigest, type Results } from "../session/results/results";
import { rowsOf, type Row } from "../session/results/rows";
import { count, points, signedPoints } from "../format/numbers";
import { targetWords } from "../format/target-words";

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
  const known = withDigest(results, spec, digest).results;
  const views = curveViews(spec, models, known, { names: null, main: 0, measure: "linearCka" });
  const curves = views.map(({ index, name, rows }) => {
    const here = rowsOf(curveResults(results, index), rows.map(siteOf));
    return {
      label: views.length > 1 ? name : null,
      lines: here.map((row, place): Line => {
        const author = digest[index]?.[place]?.penalty ?? null;
        return { row, author, verdict: comparison(author, row) };
      }),
    };
  });
  const verdicts = curves.flatMap(({ lines }) => lines.map(({ verdict }) => verdict));
  return (
    <section className="results" aria-labelledby="authors-title">
      <h2 id="authors-title">The author’s results and yours</h2>
      <p role="status">{summary(verdicts)}</p>
      <AuthorsChart {...{ spec, models, digest, results }} />
      <div className="table-frame">
        <table>
          <caption>{targetWords(spec).title} at each layer, in percentage points.</caption>
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

/** The author's curves, thin and with hollow dots, next to those from here. */
function AuthorsChart({ spec, models, digest, results }: Props): ReactNode {
  const author = withDigest(emptyResults, spec, digest).results;
  const authors = curveViews(spec, models, author, { names: null, main: 0, measure: "linearCka" });
  const [first, ...rest] = authors;
  if (!first) return null;
  const here = authors
    .map((view) => ({
      ...view,
      name: rest.length > 0 ? view.name : "here",
      rows: rowsOf(curveResults(results, view.index), view.rows.map(siteOf)),
    }))
    // The first has its place before anything is computed.
    .filter(({ index, rows }) => index === first.index || rows.some((row) => row.penalty !== null));
  const axis = { slots: first.layers, names: axisNames(first.taps, first.rows) };
  const plot = penaltyPlot({
    axis,
    curves: [
      ...here,
      ...authors.map((view) => ({
        ...view,
        index: spec.curves.length + view.index,
        name: rest.length > 0 ? `${view.name}, author’s` : "the author’s",
        look: { ...view.look, width: quiet },
      })),
    ],
    hidden: new Set(),
    main: first.index,
    words: targetWords(spec),
    trained: false,
    topError: null,
    bottomError: null,
    oneScale: false,
    highest: null,
    paper: [],
  });
  const isAuthors = ({ index }: PlotCurve): boolean => index >= spec.curves.length;
  const hollow = (curve: PlotCurve): PlotCurve =>
    isAuthors(curve) ? { ...curve, marker: "ring" } : curve;
  const drawn = {
    ...plot,
    notes: [],
    curves: plot.curves.map(hollow),
    strip: plot.strip && { ...plot.strip, curves: plot.strip.curves.map(hollow) },
  };
  return (
    <figure aria-label={`${targetWords(spec).title}: the author’s next to yours, in points`}>
      <PlainPlot plot={drawn} axis={axis} />
    </figure>
  );
}

/** Width of the author's lines, in CSS pixels. */
const quiet = 1.25;

function siteOf({ site, name }: Row): AxisSite {
  return { index: site, name };
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
