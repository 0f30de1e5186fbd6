/** Every layer of the bottom with every layer of the top, as two heat maps that are tables. */
import { useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import type { ModelPair } from "../../session/experiment/pair";
import type { Row } from "../../session/results/rows";
import { useLayer } from "../../view/result-contexts";
import { signedPoints, similarityText } from "../../format/numbers";
import type { TargetWords } from "../../format/target-words";
import { GlossaryTerm } from "../../learn/GlossaryTerm";
import { heatLayout, heatMapOf, type HeatCell, type HeatMap } from "../../grid/heat-map";
import { shadeCount, type HeatKind } from "../../grid/heat-scale";
import { shadeStyle } from "../../grid/shade-style";
import { HeatTable } from "./HeatTable";

interface Props {
  readonly pair: ModelPair;
  /** By cell: the bottom's first site with every site of the top, then its second. */
  readonly rows: readonly Row[];
  /** The measure of similarity, for people. */
  readonly measure: string;
  /** Chooses it. */
  readonly picker: ReactNode;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
}

/** Of two maps next to each other, in CSS pixels. */
const betweenMaps = 32;
const roomForTwo = 860;
/** With more columns, a map next to another would have cells too small to read. */
const mostColumnsOfTwo = 12;

export function GridTable({ pair, rows, measure, picker, words }: Props): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const penalty = useMemo(() => heatMapOf("penalty", pair, rows), [pair, rows]);
  const similarity = useMemo(() => heatMapOf("similarity", pair, rows), [pair, rows]);
  const twoInARow = width >= roomForTwo && penalty.columns.length <= mostColumnsOfTwo;
  const finger = window.matchMedia("(pointer: coarse)").matches;
  const layout = heatLayout(twoInARow ? (width - betweenMaps) / 2 : width, penalty, finger);
  return (
    <div className="grids" ref={frame}>
      <Pointed {...{ penalty, similarity, words }} />
      <div className={twoInARow ? "heat-maps in-a-row" : "heat-maps"}>
        <section>
          <h3>
            <GlossaryTerm term="penalty">{words.title}</GlossaryTerm>, in points
          </h3>
          <Scale map={penalty} />
          <HeatTable
            map={penalty}
            layout={layout}
            name={`${words.title} in percentage points. Rows: last layer of the bottom. Columns: layer of the top that it replaces.`}
          />
        </section>
        <section>
          <div className="section-head">
            <h3>
              <GlossaryTerm term="similarity">Similarity</GlossaryTerm>
            </h3>
            {picker}
          </div>
          <Scale map={similarity} />
          <HeatTable
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
function Pointed({
  penalty,
  similarity,
  words,
}: Readonly<Record<HeatKind, HeatMap>> & Pick<Props, "words">): ReactNode {
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
          {cost.words !== "" && (
            <>
              {" · "}
              {words.name.toLowerCase()} {cost.words}
            </>
          )}
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
