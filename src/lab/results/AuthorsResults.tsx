/** What the address's author found, layer by layer, next to what was computed here. */
import type { ReactNode } from "react";
import { comparison, tolerance, type Comparison } from "../../experiment/comparison";
import type { Digest } from "../../experiment/address/digest";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { axisNames } from "../picture/plots/axis-names";
import { curveLook } from "../picture/model/curve-looks";
import { curveViews } from "../picture/model/curve-views";
import { penaltyPlot } from "../picture/model/penalty-plot";
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

/** The author's main curve next to the one from here. */
function AuthorsChart({ spec, models, digest, results }: Props): ReactNode {
  const options = { names: null, main: 0, measure: "linearCka" } as const;
  const author = withDigest(emptyResults, spec, digest).results;
  const [authors] = curveViews(spec, models, author, options);
  if (!authors) return null;
  const rows = rowsOf(curveResults(results), authors.rows.map(siteOf));
  const axis = { slots: authors.layers, names: axisNames(authors.taps, authors.rows) };
  const plot = penaltyPlot({
    axis,
    curves: [
      { ...authors, index: 0, name: "here", rows },
      { ...authors, index: 1, name: "the author’s", look: curveLook("other", 0) },
    ],
    hidden: new Set(),
    main: 0,
    words: targetWords(spec),
    trained: false,
    topError: null,
    bottomError: null,
    oneScale: true,
    highest: null,
    paper: [],
  });
  return (
    <figure aria-label={`${targetWords(spec).title}: the author’s next to yours, in points`}>
      <PlainPlot plot={{ ...plot, notes: [] }} axis={axis} />
    </figure>
  );
}

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
