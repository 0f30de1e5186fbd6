/** Every layer of the bottom with every layer of the top, as two heat maps that are tables. */
import type { ReactNode } from "react";
import { tapsOf, type Tap } from "../../../core/nets/architecture";
import type { ModelPair } from "../../session/pair";
import type { Row } from "../../session/rows";
import { useInspect, useLayer } from "../../view/result-contexts";
import { failureText } from "../../format/errors";
import { similarityText, signedPoints } from "../../format/numbers";

interface Props {
  readonly pair: ModelPair;
  /** By cell: the bottom's first site with every site of the top, then its second. */
  readonly rows: readonly Row[];
  /** The measure of similarity, for people. */
  readonly measure: string;
  /** Chooses it. */
  readonly picker: ReactNode;
}

/**
 * Penalties from here on, as a fraction, have the deepest colour: most of what there is to lose.
 */
const deepest = 0.5;

export function GridTable({ pair, rows, measure, picker }: Props): ReactNode {
  const columns = tapsOf(pair.top.architecture);
  const cells = new Map(rows.map((row) => [row.site, row]));
  const frame = { pair, columns, cells };
  return (
    <div className="grids">
      <Heat
        {...frame}
        caption="Stitching penalty in percentage points. Rows: last layer of the bottom. Columns: layer of the top that it replaces."
        valueOf={(row) => {
          const penalty = row.penalty ?? row.leastSquares;
          if (row.failure) return { text: "none", share: null, title: failureText(row.failure) };
          if (!penalty) return null;
          return { text: signedPoints(penalty.value), share: penalty.value / deepest };
        }}
      />
      <p className="hint">
        Deeper colour: higher penalty. Outlined: the same layer in both networks and, in the
        stitch’s colour, the pair in the drawing. Click a number to inspect it.
      </p>
      <div className="grid-measure">{picker}</div>
      <Heat
        {...frame}
        caption={`Similarity of the two layers: ${measure}.`}
        valueOf={({ similarity }) => {
          if (similarity.status === "waiting") return null;
          if (similarity.status === "undefined") return { text: "undefined", share: null };
          return { text: similarityText(similarity.value), share: similarity.value };
        }}
      />
    </div>
  );
}

interface Value {
  readonly text: string;
  /** Of the deepest colour; null for none. */
  readonly share: number | null;
  readonly title?: string;
}

interface HeatProps {
  readonly pair: ModelPair;
  readonly columns: readonly Tap[];
  readonly cells: ReadonlyMap<number, Row>;
  readonly caption: string;
  /** Null until it arrives. */
  readonly valueOf: (row: Row) => Value | null;
}

function Heat({ pair, columns, cells, caption, valueOf }: HeatProps): ReactNode {
  const inspect = useInspect();
  const { layer, pointAt } = useLayer();
  return (
    <div className="table-frame">
      <table className="heat">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="role-bottom">bottom</span>, <span className="role-top">top</span>
            </th>
            {columns.map(({ index, name }) => (
              <th scope="col" key={index}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tapsOf(pair.bottom.architecture).map(({ index: bottomTap, name }) => (
            <tr key={bottomTap}>
              <th scope="row">{name}</th>
              {columns.map(({ index: topTap }) => {
                const row = cells.get(bottomTap * columns.length + topTap);
                const value = row ? valueOf(row) : null;
                return (
                  <td
                    key={topTap}
                    className={cellClass(bottomTap === topTap, row?.site === layer)}
                    style={{ background: colourOf(value?.share ?? null) }}
                    title={value?.title}
                    onMouseEnter={() => pointAt(row?.site ?? null)}
                    onMouseLeave={() => pointAt(null)}
                    onFocus={() => pointAt(row?.site ?? null)}
                    onBlur={() => pointAt(null)}
                  >
                    {value && row?.penalty && inspect ? (
                      <button
                        type="button"
                        className="cell-button"
                        aria-haspopup="dialog"
                        aria-label={`${value.text}, ${row.name}: inspect`}
                        onClick={() => inspect({ curve: 0, site: row.site })}
                      >
                        {value.text}
                      </button>
                    ) : (
                      (value?.text ?? <span className="not-yet">·</span>)
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellClass(diagonal: boolean, chosen: boolean): string | undefined {
  const names = [...(diagonal ? ["on-diagonal"] : []), ...(chosen ? ["chosen"] : [])];
  return names.length > 0 ? names.join(" ") : undefined;
}

/** Faint enough that text stays readable at any share. */
function colourOf(share: number | null): string | undefined {
  if (share === null) return undefined;
  const percent = Math.round(45 * Math.min(1, Math.max(0, share)));
  return `color-mix(in srgb, var(--stitch) ${percent}%, transparent)`;
}
