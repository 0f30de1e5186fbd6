/**
 * The empty chart that a curve is drawn on: with the pointer over the layers, or with the arrow
 * keys, left and right for the layer, up and down for its value. Once revealed, what was found lies
 * beside it.
 */
import {
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  type RefObject,
} from "react";
import { useChartSizes } from "./chart-sizes";
import { roundScale } from "../format/scale";
import { penaltyAt, withStroke, withValue, type PenPoint, type Prediction } from "./prediction";
import type { Row } from "../session/rows";
import { PredictAxes, type Plot } from "./PredictAxes";
import { signed } from "../format/numbers";

interface Props {
  readonly rows: readonly Row[];
  readonly prediction: Prediction;
  /** The largest value that there must be room for. */
  readonly room: number;
  /** Null once it is revealed: no more is drawn. */
  readonly onDraw: ((prediction: Prediction) => void) | null;
}

const margin = { top: 10, right: 12, left: 8 };
export function PredictChart({ rows, prediction, room, onDraw }: Props): ReactNode {
  const { penaltyHeight: height, valueAxisWidth, namesHeight } = useChartSizes();
  const frame = useRef<SVGSVGElement>(null);
  const width = useWidth(frame);
  const [current, setCurrent] = useState(0);
  const pen = useRef<PenPoint | null>(null);
  const sites = rows.map(({ site }) => site);
  const found = onDraw === null ? rows.map(penaltyAt) : [];

  const plot: Plot = {
    left: margin.left + valueAxisWidth,
    right: width - margin.right,
    top: margin.top,
    bottom: height - namesHeight,
  };
  const values = [...prediction.values(), ...found.filter((value) => value !== null)];
  const { domain, ticks } = roundScale([-room / 5, room, ...values], 5);
  const step = (plot.right - plot.left) / Math.max(1, rows.length);
  const x = (at: number): number => plot.left + (at + 0.5) * step;
  const y = (value: number): number =>
    plot.bottom - ((value - domain[0]) / (domain[1] - domain[0])) * (plot.bottom - plot.top);

  function penAt(event: { readonly clientX: number; readonly clientY: number }): PenPoint | null {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return null;
    const down = Math.min(plot.bottom, Math.max(plot.top, event.clientY - box.top));
    const value =
      domain[0] + ((plot.bottom - down) / (plot.bottom - plot.top)) * (domain[1] - domain[0]);
    // A hand does not draw finer.
    return {
      at: (event.clientX - box.left - plot.left) / step - 0.5,
      value: Math.round(2 * value) / 2,
    };
  }
  function draw(to: PenPoint | null): void {
    if (to === null || onDraw === null) return;
    onDraw(withStroke(prediction, pen.current ?? to, to, sites));
    pen.current = to;
  }

  function focusLayer(at: number): void {
    const next = Math.min(rows.length - 1, Math.max(0, at));
    setCurrent(next);
    frame.current?.querySelectorAll<SVGGElement>("[role=slider]")[next]?.focus();
  }
  function onKeyDown(event: KeyboardEvent, row: Row, at: number): void {
    const value = prediction.get(row.site) ?? 0;
    const sideways: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const upwards: Readonly<Record<string, number | null>> = {
      ArrowUp: value + 1,
      ArrowDown: value - 1,
      PageUp: value + 10,
      PageDown: value - 10,
      Delete: null,
      Backspace: null,
    };
    const [layer, next] = [sideways[event.key], upwards[event.key]];
    if (layer === undefined && next === undefined) return;
    event.preventDefault();
    if (layer !== undefined) focusLayer(layer);
    else if (next !== undefined) onDraw?.(withValue(prediction, row.site, next));
  }

  return (
    <svg
      ref={frame}
      className={onDraw === null ? "predict-chart" : "predict-chart drawing"}
      height={height}
      role="group"
      aria-label="Penalty by layer, in percentage points"
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
      <PredictAxes plot={plot} ticks={ticks} names={rows.map(({ name }) => name)} x={x} y={y} />
      <path className="predict-found" d={lineOf(found, x, y)} />
      {found.map(
        (value, at) =>
          value !== null && (
            <circle key={sites[at]} className="predict-found-dot" cx={x(at)} cy={y(value)} r={4} />
          ),
      )}
      <path
        className="predict-drawn"
        d={lineOf(
          rows.map(({ site }) => prediction.get(site) ?? null),
          x,
          y,
        )}
      />
      {rows.map((row, at) => {
        const value = prediction.get(row.site);
        if (onDraw === null) {
          return (
            value !== undefined && (
              <rect
                key={row.site}
                className="predict-dot"
                x={x(at) - 4}
                y={y(value) - 4}
                width={8}
                height={8}
              />
            )
          );
        }
        return (
          <g
            key={row.site}
            className={value === undefined ? "predict-handle undrawn" : "predict-handle"}
            role="slider"
            tabIndex={at === current ? 0 : -1}
            aria-label={row.name}
            aria-orientation="vertical"
            aria-valuemin={-100}
            aria-valuemax={100}
            aria-valuenow={value ?? 0}
            aria-valuetext={value === undefined ? "not drawn yet" : `${signed(value, 1)} points`}
            onFocus={() => setCurrent(at)}
            onKeyDown={(event) => onKeyDown(event, row, at)}
            transform={`translate(${x(at)} ${y(value ?? 0)})`}
          >
            <circle className="predict-reach" r={13} />
            <rect className="predict-dot" x={-5} y={-5} width={10} height={10} />
          </g>
        );
      })}
    </svg>
  );
}

/** Lines between neighbours that are both there. */
function lineOf(
  values: readonly (number | null)[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, at) => {
      if (value === null) return "";
      const begins = at === 0 || values[at - 1] === null;
      return `${begins ? "M" : "L"}${x(at)} ${y(value)}`;
    })
    .join("");
}

/** Width of a drawing in CSS pixels. Drawn in these units, letters keep their size on a phone. */
function useWidth(frame: RefObject<Element | null>): number {
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const { current } = frame;
    if (!current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(200, entry.contentRect.width));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
