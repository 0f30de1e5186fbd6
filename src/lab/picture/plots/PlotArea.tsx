/** One plot of the picture: scale at the left, curves, and names at the right. */
import type { ReactNode } from "react";
import { cssColour } from "../../format/colour-roles";
import { CurveLabels, type CurveActions } from "./CurveLabels";
import {
  slotPercent,
  stripValues,
  stripWords,
  valuePercent,
  type LayerAxis,
  type LayerPlot,
  type PlotNote,
  type PlotStrip,
} from "./layer-plot";
import { PlotCurves } from "./PlotCurves";

interface SharedProps {
  readonly axis: LayerAxis;
  /** Layer in view; null where none is. */
  readonly layer: number | null;
  readonly raised: number | null;
  readonly actions: CurveActions;
}

interface PlotProps extends SharedProps {
  readonly plot: LayerPlot;
  /** Height of a line of text, in percent of the plot's. */
  readonly lineShare: number;
  readonly className: string;
}

export function PlotArea({ plot, lineShare, className, ...shared }: PlotProps): ReactNode {
  const { axis, layer, raised, actions } = shared;
  const { domain, ticks, ranges, notes, labels } = plot;
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
        {ranges.map(({ to, text }) => (
          <span
            key={text}
            className="plot-range-text"
            style={{ top: `${Math.max(0, valuePercent(to, domain))}%` }}
          >
            {text}
          </span>
        ))}
        {notes.map((note) => (
          <Note key={note.text} note={note} axis={axis} domain={domain} />
        ))}
        <CurveLabels {...{ labels, domain, layer, lineShare, actions }} />
      </div>
    </div>
  );
}

/** A control that is far off the scale: the whole curve on its own scale, with its values. */
export function Strip({
  strip,
  ...shared
}: SharedProps & { readonly strip: PlotStrip }): ReactNode {
  const { axis, layer, raised, actions } = shared;
  const { domain, curves, labels } = strip;
  return (
    <div className="plot plot-strip">
      <div className="plot-inner">
        <span className="plot-tick plot-strip-tick" aria-hidden="true">
          {stripWords(strip).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
        <PlotCurves {...{ axis, domain, curves, raised }} ticks={[]} levels={[]} ranges={[]} />
        {stripValues(strip).map(({ at, value }) => (
          <span key={at} className="plot-strip-value" style={{ left: `${slotPercent(at, axis)}%` }}>
            {Math.round(value)}
          </span>
        ))}
        <CurveLabels {...{ labels, domain, layer, actions }} lineShare={36} />
      </div>
    </div>
  );
}

interface NoteProps {
  readonly note: PlotNote;
  readonly axis: LayerAxis;
  readonly domain: LayerPlot["domain"];
}

function Note({ note, axis, domain }: NoteProps): ReactNode {
  const { at, value, text, colour } = note;
  const left = slotPercent(at, axis);
  const top = valuePercent(value, domain);
  const { side, room } = noteRoom(left);
  return (
    <span
      className={`plot-note ${side} ${top < 5 ? "below" : "above"}`}
      style={{
        left: `${left}%`,
        top: `${top}%`,
        maxWidth: `${room}%`,
        color: cssColour(colour),
      }}
    >
      {text}
    </span>
  );
}

/** On which side of its point a note has the most room, and how much, in percent of the width. */
function noteRoom(left: number): { side: string; room: number } {
  if (left > 75) return { side: "to-left", room: left };
  if (left < 40) return { side: "to-right", room: 100 - left };
  return { side: "to-middle", room: 2 * Math.min(left, 100 - left) };
}
