/** One plot of the picture: scale at the left, curves, and names at the right. */
import type { ReactNode } from "react";
import { cssColour, wordsColour } from "../../format/colour-roles";
import { CurveLabels, type CurveActions } from "./CurveLabels";
import { slotPercent, valuePercent, type LayerAxis, type LayerPlot } from "./layer-plot";
import { PlotCurves } from "./PlotCurves";
import type { TextShare } from "./covered";
import { placeRange } from "./place-range";
import { PlotNotes } from "./PlotNotes";
import { Whiskers } from "./Whiskers";

/** What all plots of a picture share. */
export interface SharedProps {
  readonly axis: LayerAxis;
  /** Layer in view; null where none is. */
  readonly layer: number | null;
  readonly raised: number | null;
  readonly actions: CurveActions;
}

interface PlotProps extends SharedProps {
  readonly plot: LayerPlot;
  readonly text: TextShare;
  readonly className: string;
}

export function PlotArea({ plot, text: share, className, ...shared }: PlotProps): ReactNode {
  const { axis, layer, raised, actions } = shared;
  const { domain, ticks, ranges, beyond, labels } = plot;
  return (
    <div className={`plot ${className}`}>
      <div className="plot-inner">
        {ticks.map(({ value, text }) => (
          <span
            key={value}
            className="plot-tick"
            style={{ top: `${valuePercent(value, domain)}%` }}
            aria-hidden="true"
          >
            {text}
          </span>
        ))}
        <PlotCurves {...plot} axis={axis} raised={raised} />
        <Whiskers {...plot} axis={axis} layer={layer} />
        {ranges.map((range) => {
          const { left, right, top } = placeRange(range, plot, axis, share);
          // The end that is nearer to an edge keeps its place where letters take more room.
          const side = left > 100 - right ? { right: `${100 - right}%` } : { left: `${left}%` };
          return (
            <span key={range.text} className="plot-range-text" style={{ ...side, top: `${top}%` }}>
              {range.text}
            </span>
          );
        })}
        {beyond.map(({ at, values }) => (
          <span key={at} className="plot-beyond" style={{ left: `${slotPercent(at, axis)}%` }}>
            {values.map(({ text, colour }) => (
              <span key={colour} style={{ color: cssColour(wordsColour(colour)) }}>
                ▲ {text}
              </span>
            ))}
          </span>
        ))}
        <PlotNotes plot={plot} axis={axis} text={share} />
        {/* A name is a button: half a line between two keeps a finger from pressing both. */}
        <CurveLabels {...{ labels, domain, layer, actions }} lineShare={1.5 * share.line} />
      </div>
    </div>
  );
}
