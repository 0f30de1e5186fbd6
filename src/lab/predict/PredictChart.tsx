/**
 * The empty plot that a curve is drawn on: with the pointer over the layers, or with the arrow keys,
 * left and right for the layer, up and down for its value. Once revealed, it shows what was found
 * and the gap between the two.
 */
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { signed } from "../format/numbers";
import type { TargetWords } from "../format/target-words";
import { CurveLabels } from "../picture/plots/CurveLabels";
import { slotPercent, valuePercent, type LayerAxis } from "../picture/plots/layer-plot";
import { PlotCurves } from "../picture/plots/PlotCurves";
import type { Row } from "../session/results/rows";
import { gapPath, predictPlot } from "./predict-plot";
import { useViewState } from "../view/services";
import { placeAmong, withStroke, withValue, type PenPoint, type Prediction } from "./prediction";

interface Props {
  readonly axis: LayerAxis;
  readonly rows: readonly Row[];
  readonly prediction: Prediction;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
  /** The largest value that there must be room for. */
  readonly room: number;
  /** Layer in view; null where none is. */
  readonly layer: number | null;
  readonly onLayer: (layer: number) => void;
  /** Height of a line of text, in percent of the plot's. */
  readonly lineShare: number;
  /** Null once the result is revealed: drawing has ended. */
  readonly onDraw: ((prediction: Prediction) => void) | null;
}

export function PredictChart(props: Props): ReactNode {
  const { axis, rows, prediction, words, room, layer, onLayer, lineShare, onDraw } = props;
  const presented = useViewState().view.mode === "present";
  const inner = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const pen = useRef<PenPoint | null>(null);
  const sites = rows.map(({ site }) => site);
  const plot = predictPlot(rows, prediction, words, onDraw === null ? null : room);
  const { domain, ticks, curves, labels } = plot;

  function penAt({ clientX, clientY }: PointerEvent): PenPoint | null {
    const box = inner.current?.getBoundingClientRect();
    if (!box) return null;
    const down = Math.min(1, Math.max(0, (clientY - box.top) / box.height));
    const value = domain[1] - down * (domain[1] - domain[0]);
    const slot = ((clientX - box.left) / box.width) * axis.slots - 0.5;
    // A hand does not draw finer.
    return { at: placeAmong(slot, sites), value: Math.round(2 * value) / 2 };
  }
  function draw(to: PenPoint | null): void {
    if (to === null || onDraw === null) return;
    onDraw(withStroke(prediction, pen.current ?? to, to, sites));
    pen.current = to;
  }

  function focusLayer(at: number): void {
    const next = Math.min(rows.length - 1, Math.max(0, at));
    setCurrent(next);
    inner.current?.querySelectorAll<HTMLElement>("[role=slider]")[next]?.focus();
  }
  function onKeyDown(event: KeyboardEvent, row: Row, at: number): void {
    const value = prediction.get(row.site) ?? 0;
    const step = event.shiftKey ? 10 : 1;
    const sideways: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const upwards: Readonly<Record<string, number | null>> = {
      ArrowUp: value + step,
      ArrowDown: value - step,
      // In a presentation a remote control sends them.
      ...(!presented && { PageUp: value + 10, PageDown: value - 10 }),
      Delete: null,
      Backspace: null,
    };
    const [next, changed] = [sideways[event.key], upwards[event.key]];
    if (next === undefined && changed === undefined) return;
    event.preventDefault();
    if (next !== undefined) focusLayer(next);
    else if (changed !== undefined) onDraw?.(withValue(prediction, row.site, changed));
  }

  return (
    <div
      className={onDraw === null ? "plot plot-penalty" : "plot plot-penalty predict-area"}
      role="group"
      aria-label={`${words.name} by layer, in percentage points`}
      onPointerDown={(event) => {
        if (onDraw === null || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pen.current = null;
        draw(penAt(event));
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) draw(penAt(event));
      }}
    >
      <div ref={inner} className="plot-inner">
        {ticks.map((tick) => (
          <span
            key={tick}
            className="plot-tick"
            style={{ top: `${valuePercent(tick, domain)}%` }}
            aria-hidden="true"
          >
            {signed(tick)}
          </span>
        ))}
        {onDraw === null && (
          <svg
            className="plot-lines"
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path className="predict-gap" d={gapPath(plot, axis)} />
          </svg>
        )}
        <PlotCurves
          {...{ axis, domain, curves }}
          ticks={ticks.map((value) => ({ value, text: "" }))}
          levels={[{ value: 0, look: { colour: "top", width: 2 } }]}
          ranges={[]}
          raised={null}
        />
        {onDraw !== null && prediction.size === 0 && (
          <p className="predict-invitation" aria-hidden="true">
            Draw your curve here
          </p>
        )}
        {onDraw !== null &&
          rows.map((row, at) => {
            const value = prediction.get(row.site);
            return (
              <div
                key={row.site}
                className="predict-handle"
                role="slider"
                tabIndex={at === current ? 0 : -1}
                aria-label={row.name}
                aria-orientation="vertical"
                aria-valuemin={-100}
                aria-valuemax={100}
                aria-valuenow={value ?? 0}
                aria-valuetext={
                  value === undefined ? "not drawn yet" : `${signed(value, 1)} points`
                }
                onFocus={() => {
                  setCurrent(at);
                  onLayer(row.site);
                }}
                onKeyDown={(event) => onKeyDown(event, row, at)}
                style={{
                  left: `${slotPercent(row.site, axis)}%`,
                  top: `${valuePercent(value ?? 0, domain)}%`,
                }}
              />
            );
          })}
        <CurveLabels {...{ labels, domain, layer, lineShare }} actions={noActions} />
      </div>
    </div>
  );
}

/** The names are no buttons. */
const noActions = {
  main: -1,
  choose: () => undefined,
  hide: () => undefined,
  raise: () => undefined,
};
