/**
 * The stitched network on the layer axis: A's blocks above, B's below, the stitch between them.
 * Those that take part are lit. The stitch is a slider.
 */
import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { tapsCorrespond, tapsOf } from "../../core/nets/taps";
import type { NamedSite } from "../../experiment/sites";
import type { Perturbation } from "../../experiment/perturbation";
import { perturbationLabel } from "../format/labels";
import type { ModelResult } from "../../experiment/report";
import type { ModelPair } from "../session/experiment/pair";
import type { TargetWords } from "../format/target-words";
import { DrawingOwner } from "./DrawingOwner";
import type { Block } from "./drawing-geometry";
import { BlockRow, StageShapes } from "./BlockRow";

export interface DrawingProps {
  readonly pair: ModelPair;
  readonly blocks: { readonly top: readonly Block[]; readonly bottom: readonly Block[] };
  /** All sites of the curve, by number. */
  readonly places: readonly NamedSite[];
  /** Numbers of those that the experiment asks for, in order. */
  readonly asked: readonly number[];
  /** Site in view. */
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
  /** Null where there is nothing to inspect. */
  readonly onInspect: (() => void) | null;
  /** Opens the view of what the stitch does; null where there is no stitch. */
  readonly onSeeStitch: (() => void) | null;
  /** For screen readers: the layer and what is known there. */
  readonly valueText: string;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
  /** Null until they are known. */
  readonly top: ModelResult | null;
  readonly bottom: ModelResult | null;
  /** What is done to the bottom's representations. */
  readonly perturbation?: Perturbation;
}

/** Middles of the rows, in CSS pixels. */
const topRow = 29;
const bottomRow = 119;
const middle = (topRow + bottomRow) / 2;

export function NetworksDrawing(props: DrawingProps): ReactNode {
  const { pair, blocks, places, asked, layer, perturbation = "none" } = props;
  const place = places[layer];
  const from = place && blocks.bottom.find(({ tap }) => tap === place.bottomTap);
  const to = place && blocks.top.find(({ tap }) => tap === place.topTap);
  if (!place || !from || !to) return null;
  const correspond = tapsCorrespond(pair.bottom.architecture, pair.top.architecture);
  const [x1, x2] = [`${from.x}%`, `${to.x}%`];
  return (
    <div className="plot drawing">
      <div className="plot-inner">
        <span className="drawing-letter of-top" style={{ top: topRow }} aria-hidden="true">
          A
        </span>
        <span className="drawing-letter of-bottom" style={{ top: bottomRow }} aria-hidden="true">
          B
        </span>
        <svg className="drawing-blocks">
          {!correspond && (
            <Meetings blocks={blocks} places={asked.flatMap((site) => places[site] ?? [])} />
          )}
          <g className="of-bottom" aria-hidden="true">
            <line className="signal" x1="0" x2={x1} y1={bottomRow} y2={bottomRow} />
            <BlockRow
              blocks={blocks.bottom}
              middle={bottomRow}
              lit={({ tap }) => tap <= place.bottomTap}
            />
          </g>
          <g className="of-top" aria-hidden="true">
            <line className="signal" x1={x2} x2="100%" y1={topRow} y2={topRow} />
            <BlockRow
              blocks={blocks.top}
              middle={topRow}
              lit={({ tap }) => tap > place.topTap}
              replaced={place.topTap}
            />
          </g>
          <line
            className="stitch-line"
            x1={x1}
            x2={x2}
            y1={bottomRow - from.height / 2}
            y2={topRow + to.height / 2}
          />
          <svg x={`${(from.x + to.x) / 2}%`} y={middle} overflow="visible">
            <Handle {...props} />
          </svg>
        </svg>
        {correspond && (
          <StageShapes
            taps={tapsOf(pair.top.architecture)}
            blocks={blocks.top}
            tap={place.topTap}
            middle={middle}
          />
        )}
        <DrawingOwner role="top" y={topRow} pair={pair} result={props.top} words={props.words} />
        <DrawingOwner
          role="bottom"
          y={bottomRow}
          pair={pair}
          result={props.bottom}
          words={props.words}
        >
          {perturbation !== "none" && <span>{perturbationLabel(perturbation)}</span>}
        </DrawingOwner>
      </div>
    </div>
  );
}

/** Which layers meet, where the networks differ in kind. */
function Meetings({ blocks, places }: Pick<DrawingProps, "blocks" | "places">): ReactNode {
  return places.map(({ bottomTap, topTap, name }) => {
    const from = blocks.bottom.find(({ tap }) => tap === bottomTap);
    const to = blocks.top.find(({ tap }) => tap === topTap);
    return (
      from &&
      to && (
        <line
          key={name}
          className="meeting"
          aria-hidden="true"
          x1={`${from.x}%`}
          x2={`${to.x}%`}
          y1={bottomRow - from.height / 2}
          y2={topRow + to.height / 2}
        />
      )
    );
  });
}

/** A press that ends farther away moves the stitch; in CSS pixels. */
const pressRange = 4;

function Handle(props: DrawingProps): ReactNode {
  const { asked, layer, onLayer, onInspect, onSeeStitch, valueText } = props;
  const pressed = useRef({ x: NaN, y: NaN });
  const order = asked.indexOf(layer);
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && onInspect) {
      event.preventDefault();
      onInspect();
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
    const next = asked[Math.min(asked.length - 1, Math.max(0, order + step))];
    if (next !== undefined) onLayer(next);
  }
  return (
    <g
      className="stitch-handle"
      role="slider"
      tabIndex={0}
      aria-label="Stitched after layer"
      aria-valuemin={1}
      aria-valuemax={asked.length}
      aria-valuenow={order + 1}
      aria-valuetext={valueText}
      onKeyDown={onKeyDown}
      onPointerDown={({ clientX: x, clientY: y }) => (pressed.current = { x, y })}
      onClick={({ clientX, clientY }) => {
        const { x, y } = pressed.current;
        if (Math.hypot(clientX - x, clientY - y) <= pressRange) onSeeStitch?.();
      }}
    >
      {onSeeStitch && <title>Press to see what the stitch does; drag to move it</title>}
      <rect x="-20" y="-12" width="40" height="24" rx="6" />
      <path d="M-11 -5L-4 5M-4 -5L-11 5M4 -5L11 5M11 -5L4 5" />
      {onSeeStitch && (
        <g className="stitch-look">
          <circle cx="20" cy="-11" r="9" />
          <path d="M22 -9L25 -6M19 -16A3.5 3.5 0 1 0 19 -9A3.5 3.5 0 1 0 19 -16" />
        </g>
      )}
    </g>
  );
}
