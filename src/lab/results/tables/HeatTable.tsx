/** One map of a grid as a table whose cells are buttons, with one stop for the keyboard. */
import {
  memo,
  useId,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import type { HeatCell, HeatLayout, HeatMap, HeatRowData } from "../../grid/heat-map";
import type { HeatKind } from "../../grid/heat-scale";
import { shadeStyle } from "../../grid/shade-style";
import { stitchName, useInspect, useLayer } from "../../view/result-contexts";

interface HeatProps {
  readonly map: HeatMap;
  readonly layout: HeatLayout;
  /** What readers call the table. */
  readonly name: string;
}

export function HeatTable({ map, layout, name }: HeatProps): ReactNode {
  const { kind, columns, rows } = map;
  const { cell, names, numbers, turned, every } = layout;
  const inspect = useInspect();
  const { layer, pointAt } = useLayer();
  const table = useRef<HTMLTableElement>(null);
  const [visited, setVisited] = useState<number | null>(null);
  const captionId = useId();
  const cells = rows.flatMap((row) => row.cells).filter(({ scored }) => scored);
  // One cell is a stop for the keyboard; arrows lead to the others.
  const stop = inspect
    ? ((cells.find(({ site }) => site === visited) ?? cells[0])?.site ?? null)
    : null;

  function onKeyDown(event: KeyboardEvent): void {
    const here = siteAt(event.target);
    const step = steps[event.key];
    if (here === null || step === undefined) return;
    event.preventDefault();
    let [row, column] = [Math.floor(here / columns.length), here % columns.length];
    for (;;) {
      row += step[1];
      column += step[0];
      if (row < 0 || row >= rows.length || column < 0 || column >= columns.length) return;
      const button = table.current?.querySelector<HTMLElement>(
        `td[data-site="${row * columns.length + column}"] button`,
      );
      if (button) {
        button.focus();
        return;
      }
    }
  }

  return (
    <div
      className="heat-frame"
      // A frame that scrolls and holds no button must be reached by the keyboard.
      {...(stop === null && { tabIndex: 0, role: "group", "aria-labelledby": captionId })}
    >
      <table
        ref={table}
        className={numbers ? "heat" : "heat without-numbers"}
        style={
          {
            "--cell-width": `${cell.width}px`,
            "--cell-height": `${cell.height}px`,
            "--names": `${names}px`,
          } as CSSProperties
        }
        onMouseOver={({ target }) => pointAt(siteAt(target))}
        onMouseLeave={() => pointAt(null)}
        onFocus={({ target }) => {
          const site = siteAt(target);
          pointAt(site);
          if (site !== null) setVisited(site);
        }}
        onBlur={() => pointAt(null)}
        onClick={({ target }) => {
          const button = target instanceof Element && target.closest("button");
          const site = siteAt(target);
          if (button && site !== null) inspect?.({ curve: 0, site });
        }}
        onKeyDown={onKeyDown}
      >
        <caption id={captionId} className="visually-hidden">
          {name}
        </caption>
        <thead>
          <tr>
            <th scope="col" className="heat-corner">
              <span className="role-bottom">bottom ↓</span> <span className="role-top">top →</span>
            </th>
            {columns.map((column, place) => (
              <th scope="col" key={place} className={turned ? "turned" : undefined}>
                <span className={place % every.column === 0 ? undefined : "visually-hidden"}>
                  {column}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => {
            const own = (site: number | null): number | null =>
              site !== null && Math.floor(site / columns.length) === place ? site : null;
            return (
              <HeatRow
                key={place}
                kind={kind}
                row={row}
                numbers={numbers}
                named={place % every.row === 0}
                chosen={own(layer)}
                stop={own(stop)}
                opens={inspect !== null}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const steps: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The cell that an event comes from; null outside of them. */
function siteAt(target: EventTarget): number | null {
  const site =
    target instanceof Element && target.closest<HTMLElement>("td[data-site]")?.dataset.site;
  return typeof site === "string" ? Number(site) : null;
}

interface RowProps {
  readonly kind: HeatKind;
  readonly row: HeatRowData;
  readonly numbers: boolean;
  /** Whether there is room for its name. */
  readonly named: boolean;
  /** The site in view, where it is in this row. */
  readonly chosen: number | null;
  /** The site that the keyboard stops at, likewise. */
  readonly stop: number | null;
  /** Whether a scored cell can be inspected. */
  readonly opens: boolean;
}

/** Drawn again only where something in it changed: a grid may have thousands of cells. */
const HeatRow = memo(function HeatRow(props: RowProps): ReactNode {
  const { kind, row, numbers, named, chosen, stop, opens } = props;
  return (
    <tr>
      <th scope="row">
        <span className={named ? undefined : "visually-hidden"}>{row.name}</span>
      </th>
      {row.cells.map((cell) => (
        <td
          key={cell.site}
          data-site={cell.site}
          className={cellClass(cell, cell.site === chosen)}
          style={cell.shade === null ? undefined : shadeStyle(kind, cell.shade)}
        >
          {opens && cell.scored && cell.text !== "" ? (
            <button
              type="button"
              className="heat-button"
              tabIndex={cell.site === stop ? 0 : -1}
              aria-haspopup="dialog"
              aria-label={`${cell.text}${cell.best ? ", best" : ""}, ${cell.name}: inspect`}
              data-stitch={
                kind === "penalty" ? stitchName({ curve: 0, site: cell.site }) : undefined
              }
            >
              {numbers && cell.text}
            </button>
          ) : (
            <CellText cell={cell} numbers={numbers} />
          )}
        </td>
      ))}
    </tr>
  );
}, sameRow);

function sameRow(a: RowProps, b: RowProps): boolean {
  const { row: before, ...others } = a;
  const { row: after, ...theirs } = b;
  const same = (one: object, other: object): boolean =>
    Object.entries(one).every(([key, value]) => other[key as keyof object] === value);
  return (
    same(others, theirs) &&
    before.name === after.name &&
    before.cells.length === after.cells.length &&
    before.cells.every((cell, place) => same(cell, after.cells[place] ?? {}))
  );
}

function CellText({
  cell: { text, words },
  numbers,
}: {
  readonly cell: HeatCell;
  readonly numbers: boolean;
}): ReactNode {
  if (text === "") return <span className="not-yet">·</span>;
  return (
    <span title={words}>
      <span className={numbers ? undefined : "visually-hidden"}>{text}</span>
    </span>
  );
}

function cellClass({ paired, best }: HeatCell, chosen: boolean): string | undefined {
  const names = [
    ...(paired ? ["paired"] : []),
    ...(best ? ["best"] : []),
    ...(chosen ? ["chosen"] : []),
  ];
  return names.length > 0 ? names.join(" ") : undefined;
}
