/** The grid, its values and its layers, below a curve drawn by hand. */
import type { ReactNode } from "react";
import { useChartSizes } from "./chart-sizes";
import { signed } from "../format/numbers";

/** Edges of the grid, in CSS pixels. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Props {
  readonly plot: Plot;
  /** In percentage points. */
  readonly ticks: readonly number[];
  /** Of the layers. */
  readonly names: readonly string[];
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

/** Room for a name such as "block 3"; with less, the number appears alone. */
const nameWidth = 58;

export function PredictAxes({ plot, ticks, names, x, y }: Props): ReactNode {
  const { namesDrop } = useChartSizes();
  const short = x(1) - x(0) < nameWidth;
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick} aria-hidden="true">
          <path className="predict-grid" d={`M${plot.left} ${y(tick)}H${plot.right}`} />
          <text x={plot.left - 8} y={y(tick)} dy="0.35em" textAnchor="end">
            {signed(tick, 0)}
          </text>
        </g>
      ))}
      <path className="predict-zero" d={`M${plot.left} ${y(0)}H${plot.right}`} />
      {names.map((name, at) => (
        <g key={name} aria-hidden="true">
          <path className="predict-grid" d={`M${x(at)} ${plot.top}V${plot.bottom}`} />
          <text x={x(at)} y={plot.bottom + namesDrop + 8} textAnchor="middle">
            {short ? name.replace(/^.* (?=\d+$)/, "") : name}
          </text>
        </g>
      ))}
    </>
  );
}
