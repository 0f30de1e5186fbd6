/** Every layer of the bottom with every layer of the top, as two heat maps that are tables. */
import {
  memo,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from "react";
import type { ModelPair } from "../../session/pair";
import type { Row } from "../../session/rows";
import { stitchName, useInspect, useLayer } from "../../view/result-contexts";
import { signedPoints, similarityText } from "../../format/numbers";
import {
  heatLayout,
  heatMapOf,
  type HeatCell,
  type HeatLayout,
  type HeatMap,
  type HeatRowData,
} from "../../grid/heat-map";
import { shadeCount, type HeatKind } from "../../grid/heat-scale";
import { shadeStyle } from "../../grid/shade-style";

interface Props {
  readonly pair: ModelPair;
  /** By cell: the bottom's first site with every site of the top, then its second. */
  readonly rows: readonly Row[];
  /** The measure of similarity, for people. */
  readonly measure: string;
  /** Chooses it. */
  readonly picker: ReactNode;
}

/** Of two maps next to each other, in CSS pixels. */
const betweenMaps = 32;
const roomForTwo = 860;
/** With more columns, a map next to another would have cells too small to read. */
const mostColumnsOfTwo = 12;

export function GridTable({ pair, rows, measure, picker }: Props): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const penalty = useMemo(() => heatMapOf("penalty", pair, rows), [pair, rows]);
  const similarity = useMemo(() => heatMapOf("similarity", pair, rows), [pair, rows]);
  const twoInARow = width >= roomForTwo && penalty.columns.length <= mostColumnsOfTwo;
  const finger = window.matchMedia("(pointer: coarse)").matches;
  const layout = heatLayout(twoInARow ? (width - betweenMaps) / 2 : width, penalty, finger);
  return (
    <div className="grids" ref={frame}>
      <Pointed {...{ penalty, similarity }} />
      <div className={twoInARow ? "heat-maps in-a-row" : "heat-maps"}>
        <section>
          <h3>Stitching penalty, in points</h3>
          <Scale map={penalty} />
          <Heat
            map={penalty}
            layout={layout}
            name="Stitching penalty in percentage points. Rows: last layer of the bottom. Columns: layer of the top that it replaces."
          />
        </section>
        <section>
          <div className="section-head">
            <h3>Similarity</h3>
            {picker}
          </div>
          <Scale map={similarity} />
          <Heat
            map={similarity}
            layout={layout}
            name={`Similarity of the two layers: ${measure}.`}
          />
        </section>
      </div>
      <ul className="heat-keys hint">
        <li>
          <span className="heat-key paired" /> same relative depth
        </li>
        <li>
          <span className="heat-key best" /> best layer of the bottom for that layer of the top
        </li>
        <li>Press a cell to inspect its stitch; arrow keys move between cells.</li>
      </ul>
    </div>
  );
}

/** 0 until it is laid out. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = (): void => setWidth(current.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** The cell in view, in both maps. Its height is always the same, so that no cell moves. */
function Pointed({ penalty, similarity }: Readonly<Record<HeatKind, HeatMap>>): ReactNode {
  const { layer } = useLayer();
  const cellIn = ({ rows, columns }: HeatMap): HeatCell | undefined =>
    layer === null
      ? undefined
      : rows[Math.floor(layer / columns.length)]?.cells[layer % columns.length];
  const [cost, alike] = [cellIn(penalty), cellIn(similarity)];
  return (
    <p className="heat-pointed">
      {cost && cost.name !== "" && (
        <>
          <strong>{cost.name}</strong>
          {cost.words !== "" && <> · penalty {cost.words}</>}
          {alike && alike.words !== "" && <> · similarity {alike.words}</>}
        </>
      )}
    </p>
  );
}

/** What the colours mean. */
function Scale({ map: { kind, scale } }: { readonly map: HeatMap }): ReactNode {
  const [low, high] = scale;
  const text = kind === "penalty" ? signedPoints : similarityText;
  const zero = -low / (high - low);
  return (
    <div
      className="heat-scale"
      role="img"
      aria-label={`Colours from ${text(low)} to ${text(high)}`}
    >
      <span>{text(low)}</span>
      <span className="heat-ramp">
        {rampShades.map((shade) => (
          <span key={shade} style={shadeStyle(kind, shade)} />
        ))}
        {kind === "penalty" && zero > 0.1 && zero < 0.9 && (
          <span className="heat-zero" style={{ left: `${(100 * zero).toFixed(1)}%` }}>
            0
          </span>
        )}
      </span>
      <span>{text(high)}</span>
    </div>
  );
}

const rampShades = Array.from({ length: 25 }, (_, place) => (place * shadeCount) / 24);

interface HeatProps {
  readonly map: HeatMap;
  readonly layout: HeatLayout;
  /** What readers call the table. */
  readonly name: string;
}

function Heat({ map, layout, name }: HeatProps): ReactNode {
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
