/** Names of curves beside their ends, and where each of them stands. */
import type { ReactNode } from "react";
import { curveColour } from "./curves";
import { useChartSizes } from "./chart-sizes";

export interface CurveEnd {
  readonly label: string;
  /** Place among the curves beside the first one; null for the first. */
  readonly index: number | null;
  /** Where the curve ends; null where it has no value yet. */
  readonly value: number | null;
}

const longest = 22;

interface Props {
  readonly ends: readonly CurveEnd[];
  /** Of the first curve. */
  readonly colour: string;
  /** Of the plot, in the drawing that the names are part of. */
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: (value: number) => number | undefined;
}

export function EndNames({ ends, colour, right, top, bottom, y }: Props): ReactNode {
  const { lineHeight } = useChartSizes();
  const placed = spread(
    ends.flatMap(({ label, index, value }) => {
      const at = value === null ? undefined : y(value);
      return at === undefined ? [] : [{ label, index, at, end: at }];
    }),
    top + lineHeight / 2,
    bottom,
    lineHeight,
  );
  const left = right + leaderWidth;
  return placed.map(({ label, index, at, end }) => {
    const own = index === null ? colour : curveColour(index);
    return (
      <g key={label} aria-hidden="true">
        {/* A name that had to give way is led to its curve. */}
        <path
          d={`M${String(right - 4)} ${String(end)}H${String(right)}L${String(left - 4)} ${String(at)}`}
          fill="none"
          stroke={own}
        />
        <text className="direct-label" style={{ fill: own }}>
          {linesOf(label).map((line, place) => (
            <tspan key={line} x={left} y={at + 4 + place * lineHeight}>
              {line.length > longest ? `${line.slice(0, longest)}…` : line}
            </tspan>
          ))}
        </text>
      </g>
    );
  });
}

/** Between the plot and the names, in CSS pixels. */
const leaderWidth = 20;

/** Two networks' names are too long for one line, and so is a name with what is peculiar to its stitch. */
function linesOf(label: string): readonly string[] {
  return label
    .split(/ (?=into )/)
    .flatMap((line) => (line.length > longest ? line.split(/(?<=^[^,]+,) /) : [line]));
}

interface Placed {
  readonly label: string;
  readonly index: number | null;
  /** Where the name stands. */
  readonly at: number;
  /** Where its curve ends. */
  readonly end: number;
}

/** From the top down, each as near to its curve's end as the one before lets it; then up again from the bottom. */
function spread(
  labels: readonly Placed[],
  top: number,
  bottom: number,
  lineHeight: number,
): readonly Placed[] {
  const sorted = [...labels].sort((a, b) => a.at - b.at);
  let free = top;
  const down = sorted.map((label) => {
    const at = Math.max(label.at, free);
    free = at + linesOf(label.label).length * lineHeight;
    return { ...label, at };
  });
  let room = bottom;
  return down.reverse().map((label) => {
    const at = Math.min(label.at, room - (linesOf(label.label).length - 1) * lineHeight);
    room = at - lineHeight;
    return { ...label, at };
  });
}

/** Where every curve ends, the first one's name and last known value first. */
export function curveEnds(
  first: { readonly label: string | null; readonly values: readonly (number | null)[] },
  others: readonly {
    readonly label: string;
    readonly index: number;
    readonly points: readonly ({ readonly value: number } | null)[];
  }[],
): readonly CurveEnd[] {
  if (first.label === null || others.length === 0) return [];
  const last = (values: readonly (number | null)[]): number | null =>
    values.findLast((value) => value !== null) ?? null;
  return [
    { label: first.label, index: null, value: last(first.values) },
    ...others.map(({ label, index, points }) => ({
      ...{ label, index },
      value: last(points.map((point) => point?.value ?? null)),
    })),
  ];
}
