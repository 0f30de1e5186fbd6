/** What a stitch does as a small drawing: channels of B, ribbons as wide as weights, channels of A. */
import type { ReactNode } from "react";

/** Weights from B's channels, in the order of the rows, to A's. */
const weights: readonly (readonly [from: number, to: number, weight: number])[] = [
  [0, 1, 5],
  [1, 0, 3.5],
  [1, 2, 1.5],
  [2, 3, 5],
  [3, 0, 1],
  [3, 2, 4],
  [0, 3, 1],
];
/** Shades of 3×3 positions of each channel. */
const channels = ["912408135", "085361270", "470192863", "206815394"];
const rows = [0, 1, 2, 3];
const [side, pitch, top] = [18, 21, 3];

export function StitchSketch(): ReactNode {
  return (
    <svg className="stitch-sketch" viewBox="0 0 240 88" aria-hidden="true">
      {weights.map(([from, to, weight]) => (
        <path
          key={`${from} ${to}`}
          d={`M68 ${middle(from)}C120 ${middle(from)} 120 ${middle(to)} 172 ${middle(to)}`}
          strokeWidth={weight}
        />
      ))}
      <g className="of-bottom">
        {rows.map((row) => (
          <Channel key={row} x={48} row={row} shades={channels[row] ?? ""} />
        ))}
      </g>
      <g className="of-top">
        {/* Each as B's channel that feeds it most. */}
        {[1, 0, 3, 2].map((from, row) => (
          <Channel key={row} x={174} row={row} shades={channels[from] ?? ""} />
        ))}
      </g>
    </svg>
  );
}

interface ChannelProps {
  readonly x: number;
  readonly row: number;
  readonly shades: string;
}

function Channel({ x, row, shades }: ChannelProps): ReactNode {
  const cell = side / 3;
  return Array.from(shades, (shade, k) => (
    <rect
      key={k}
      x={x + (k % 3) * cell}
      y={top + row * pitch + Math.floor(k / 3) * cell}
      width={cell}
      height={cell}
      fillOpacity={0.12 + 0.09 * Number(shade)}
    />
  ));
}

function middle(row: number): number {
  return top + row * pitch + side / 2;
}
