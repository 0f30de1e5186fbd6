/** Table 1 of the paper, computed from the recorded figures. */
import type { ReactNode } from "react";
import { presets } from "../../experiment/figures";
import type { Sketches } from "../../experiment/sketch";
import { tableOne, type ComparisonRow } from "../../experiment/table-one";
import { signedPoints } from "../format/numbers";

export function TableOne({ sketches }: { readonly sketches: Sketches }): ReactNode {
  return (
    <section className="table-one" aria-labelledby="table-one-title">
      <h3 id="table-one-title">
        CKA and stitching side by side <span className="hint">Table{"\u00a0"}1</span>
      </h3>
      <div className="table-frame">
        <table>
          <caption>
            Two networks that differ in one way: lowest and highest value over all layers, penalties
            in points. Second line: the paper.
          </caption>
          <thead>
            <tr>
              <th scope="col">Difference</th>
              <th scope="col">CKA</th>
              <th scope="col">Stitching penalty</th>
              <th scope="col" className="from-figures">
                Figures
              </th>
            </tr>
          </thead>
          <tbody>
            {tableOne(sketches).map((row) => (
              <TableRow key={row.difference} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint">
        The paper argues that CKA rates some representations as dissimilar although they can be
        stitched at little or no cost. Check in each row whether that holds at this scale.
      </p>
    </section>
  );
}

function TableRow({ row }: { readonly row: ComparisonRow }): ReactNode {
  const { difference, paper, cka, penalty, figures } = row;
  return (
    <tr>
      <th scope="row">{difference}</th>
      <td className="in-words">
        {cka ? `${similarity(cka[0])} to ${similarity(cka[1])}` : "no result"}
        <span className="hint">paper: {paper.cka}</span>
      </td>
      <td className="in-words">
        {penalty ? `${signedPoints(penalty[0])} to ${signedPoints(penalty[1])}` : "no result"}
        <span className="hint">paper: {paper.stitching}</span>
      </td>
      <td className="in-words from-figures">
        {figures.map((name) => presets[name].title).join(", ")}
      </td>
    </tr>
  );
}

/** To two digits, as the paper has them. */
function similarity(value: number): string {
  return value.toFixed(2).replace("-", "−");
}
