/** The markers of curves beside the first one. */
import type { ReactNode } from "react";
import { curveColour, hueRound } from "./curves";

/** Outlines within ±1, the next shape for every next curve. */
const markers = [
  "M-1 -1H1V1H-1Z",
  "M0 -1.3L1.2 0.9H-1.2Z",
  "M0 -1.35L1.35 0L0 1.35L-1.35 0Z",
  "M0 1.3L1.2 -0.9H-1.2Z",
  "M-1 -0.35H-0.35V-1H0.35V-0.35H1V0.35H0.35V1H-0.35V0.35H-1Z",
  "M-1.1 -1.1L1.1 1.1M1.1 -1.1L-1.1 1.1",
] as const;
const markerRadius = 4;

/** The marker of a curve, centred on 0, 0. */
export function CurveMarker({ index }: { readonly index: number }): ReactNode {
  // Hues repeat after six, markers one place further on, so that no two curves look the same.
  const shape = markers[(index + hueRound(index)) % markers.length];
  const colour = curveColour(index);
  return (
    <path
      d={shape}
      transform={`scale(${String(markerRadius)})`}
      fill={colour}
      stroke={colour}
      strokeWidth={0.4}
    />
  );
}

interface KeyProps {
  readonly label: string;
  readonly index: number;
  /** Takes the curve out of the chart, or puts it back; absent where it cannot be. */
  readonly onSwitch?: () => void;
  /** Whether it is in the chart. */
  readonly shown?: boolean;
}

/** A curve's line in a legend. */
export function CurveKey({ label, index, onSwitch, shown = true }: KeyProps): ReactNode {
  const line = (
    <>
      <svg className="key-curve" viewBox="-13 -6 26 12" aria-hidden="true">
        <path d="M-13 0H13" stroke={curveColour(index)} strokeWidth="2" />
        <CurveMarker index={index} />
      </svg>
      <span>{label}</span>
    </>
  );
  if (!onSwitch) return <li>{line}</li>;
  return (
    <li>
      <button
        type="button"
        className="curve-switch"
        aria-pressed={shown}
        title={shown ? "Take this curve out of the charts" : "Put this curve back"}
        onClick={onSwitch}
      >
        {line}
      </button>
    </li>
  );
}
