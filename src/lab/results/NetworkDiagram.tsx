/**
 * The stitched network as a picture: blocks to scale, those that take part lit, the stitch between
 * them. It is dragged, or moved with the arrow keys, to the layer that the charts and the table
 * then mark.
 */
import {
  useId,
  useMemo,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from "react";
import { tapsOf } from "../../core/nets/architecture";
import { sitesOf } from "../../experiment/plan";
import type { Spec } from "../../experiment/spec";
import {
  blockAt,
  bottomRow,
  drawingHeight,
  drawingWidth,
  middleOf,
  nearestTap,
  rowsOfBlocks,
  shapeText,
  topRow,
  type Block,
} from "./drawing";
import { askedSites, type ModelPair } from "../session/pair";
import type { Row } from "../session/rows";
import { useInspect } from "../view/result-contexts";
import { similarityText, points, signedPoints } from "../format/numbers";

interface Props {
  readonly spec: Spec;
  readonly pair: ModelPair;
  /** The place that is looked at: a tap's number. */
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
  /** What is known there. */
  readonly row: Row | undefined;
  readonly names: { readonly top: string; readonly bottom: string };
}

export function NetworkDiagram(props: Props): ReactNode {
  const { spec, pair, layer, onLayer, row } = props;
  const inspect = useInspect();
  const frame = useRef<SVGSVGElement>(null);
  const titleId = useId();
  const { bottom, top } = pair;
  const rows = useMemo(() => rowsOfBlocks(bottom.architecture, top.architecture), [bottom, top]);
  const places = useMemo(
    () => sitesOf(bottom.architecture, top.architecture, spec.layout),
    [bottom, top, spec.layout],
  );
  const asked = useMemo(() => askedSites(spec, pair).map(({ index }) => index), [spec, pair]);
  const place = places[layer];
  const from = place && blockAt(rows.bottom, place.bottomTap);
  const to = place && blockAt(rows.top, place.topTap);
  const fromTap = place && tapsOf(bottom.architecture)[place.bottomTap];
  const toTap = place && tapsOf(top.architecture)[place.topTap];
  if (!from || !to || !fromTap || !toTap) return null;

  const order = asked.indexOf(layer);
  const go = (step: number): void => {
    const next = asked[Math.min(asked.length - 1, Math.max(0, order + step))];
    if (next !== undefined) onLayer(next);
  };
  // What there is to see is known of a stitch that is scored.
  const look = inspect && row?.penalty ? () => inspect({ curve: 0, site: layer }) : null;
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && look) {
      event.preventDefault();
      look();
      return;
    }
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      End: asked.length,
      Home: -asked.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    go(step);
  }
  function onPointer(event: PointerEvent): void {
    // Where the drawing is not as wide as its box, its own scale counts.
    const onScreen = frame.current?.getScreenCTM();
    if (!onScreen) return;
    const pointer = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = pointer.matrixTransform(onScreen.inverse());
    const below = y > (topRow + bottomRow) / 2;
    const tap = nearestTap(below ? rows.bottom : rows.top, x);
    // Of the places in that row's layer, the one whose other end is as it was.
    const candidates = asked.filter((index) => {
      const other = places[index];
      return other && (below ? other.bottomTap : other.topTap) === tap;
    });
    const same = candidates.find((index) => {
      const other = places[index];
      return (
        other && (below ? other.topTap === place?.topTap : other.bottomTap === place?.bottomTap)
      );
    });
    const next = same ?? candidates[0];
    if (next !== undefined && next !== layer) onLayer(next);
  }

  return (
    <figure className="diagram" aria-labelledby={titleId}>
      <figcaption id={titleId}>
        <Sentence {...props} from={fromTap} to={toTap} />
      </figcaption>
      <svg
        ref={frame}
        viewBox={`0 0 ${drawingWidth} ${drawingHeight}`}
        onPointerDown={(event) => {
          // A press that is repeated after hydration is over.
          if (event.isTrusted) event.currentTarget.setPointerCapture(event.pointerId);
          onPointer(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) onPointer(event);
        }}
      >
        <Blocks
          blocks={rows.top}
          middle={topRow}
          className="of-top"
          lit={({ tap, x }) => (tap === null ? x > to.x : tap > place.topTap)}
          outlined={place.topTap}
        />
        <Blocks
          blocks={rows.bottom}
          middle={bottomRow}
          className="of-bottom"
          lit={({ tap, x }) => (tap === null ? x < from.x : tap <= place.bottomTap)}
          outlined={null}
        />
        <path className="stitch-line" d={stitchPath(from, to)} />
        <g
          className="stitch-handle"
          role="slider"
          tabIndex={0}
          aria-label="Stitched after layer"
          aria-valuemin={1}
          aria-valuemax={asked.length}
          aria-valuenow={order + 1}
          aria-valuetext={valueText(place.name, row)}
          onKeyDown={onKeyDown}
          transform={`translate(${(middleOf(from) + middleOf(to)) / 2} ${(topRow + bottomRow) / 2})`}
        >
          <rect x="-22" y="-14" width="44" height="28" rx="6" />
          <path d="M-12 -6L-4 6M-4 -6L-12 6M4 -6L12 6M12 -6L4 6" />
        </g>
      </svg>
      <div className="diagram-side">
        {look && (
          <button type="button" className="quiet" aria-haspopup="dialog" onClick={look}>
            Inspect<span className="roomy"> this stitch</span>
          </button>
        )}
        <span className="hint">Drawn to scale</span>
      </div>
    </figure>
  );
}

interface BlocksProps {
  readonly blocks: readonly Block[];
  readonly middle: number;
  readonly className: string;
  readonly lit: (block: Block) => boolean;
  /** The representation that the stitch replaces. */
  readonly outlined: number | null;
}

function Blocks({ blocks, middle, className, lit, outlined }: BlocksProps): ReactNode {
  return (
    <g className={className} aria-hidden="true">
      {blocks.map((block) => {
        const { x, width, height, tap } = block;
        const classes = [
          "block",
          lit(block) ? "lit" : "",
          tap === null ? "end" : "",
          tap !== null && tap === outlined ? "replaced" : "",
        ];
        return (
          <rect
            key={x}
            className={classes.filter((name) => name !== "").join(" ")}
            x={x}
            y={middle - height / 2}
            width={width}
            height={height}
            rx={2}
          />
        );
      })}
    </g>
  );
}

/** From the bottom's block up to the top's. */
function stitchPath(from: Block, to: Block): string {
  const [x1, y1] = [middleOf(from), bottomRow - from.height / 2];
  const [x2, y2] = [middleOf(to), topRow + to.height / 2];
  const half = (y1 + y2) / 2;
  return [`M${x1} ${y1}`, `C${x1} ${half} ${x2} ${half} ${x2} ${y2}`].join("");
}

interface SentenceProps extends Props {
  readonly from: Parameters<typeof shapeText>[0];
  readonly to: Parameters<typeof shapeText>[0];
}

function Sentence({ names, from, to, row }: SentenceProps): ReactNode {
  return (
    <>
      An image goes through <strong className="of-bottom">{names.bottom}</strong> up to {from.name}{" "}
      ({shapeText(from)}), the <strong className="of-stitch">stitch</strong>, then{" "}
      <strong className="of-top">{names.top}</strong> after {to.name}
      {shapeText(to) !== shapeText(from) && ` (${shapeText(to)})`}. {knownText(row)}
    </>
  );
}

function knownText(row: Row | undefined): string {
  if (row?.failure) return "No stitch here.";
  const penalty = row?.penalty ?? row?.leastSquares;
  if (!penalty) return "";
  const { value, standardError } = penalty;
  const error = standardError === null ? "" : ` ± ${points(standardError)}`;
  return `Extra error: ${signedPoints(value)}${error} points.`;
}

function valueText(name: string, row: Row | undefined): string {
  const { similarity } = row ?? {};
  const known =
    similarity?.status === "known" ? ` Similarity ${similarityText(similarity.value)}.` : "";
  return `${name}. ${knownText(row)}${known}`;
}
