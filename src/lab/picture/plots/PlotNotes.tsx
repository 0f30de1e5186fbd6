/** Words at a point of a plot: in it where it is wide, in lines below it on a narrow screen. */
import { useMemo, type ReactNode } from "react";
import { cssColour } from "../../format/colour-roles";
import { slotPercent, valuePercent, type LayerAxis, type LayerPlot } from "./layer-plot";
import type { TextShare } from "./covered";
import { placeNote } from "./place-note";

interface Props {
  readonly plot: LayerPlot;
  readonly axis: LayerAxis;
  readonly text: TextShare;
}

export function PlotNotes({ plot, axis, text: { line, letter } }: Props): ReactNode {
  const placed = useMemo(
    () => plot.notes.map((note) => ({ note, ...placeNote(note, plot, axis, { line, letter }) })),
    [plot, axis, line, letter],
  );
  return placed.map(({ note: { at, value, text, colour }, across, x, y, lead }) => {
    const room = { start: 100 - x, middle: 2 * Math.min(x, 100 - x), end: x }[across];
    return (
      <div key={text} className="plot-note-place" style={{ color: cssColour(colour) }}>
        {lead && (
          <svg className="plot-note-lead" aria-hidden="true">
            <line
              x1={`${slotPercent(at, axis)}%`}
              y1={`${valuePercent(value, plot.domain)}%`}
              x2={`${lead.x}%`}
              y2={`${lead.y}%`}
            />
          </svg>
        )}
        <span
          className={`plot-note ${across}`}
          style={{ left: `${x}%`, top: `${y}%`, maxWidth: `${room}%` }}
        >
          {text}
        </span>
      </div>
    );
  });
}

/** The same words as lines of text. The style sheet shows either these or those in the plot. */
export function NoteLines({ notes }: Pick<LayerPlot, "notes">): ReactNode {
  return notes.map(({ text, colour }) => (
    <p key={text} className="note-line" style={{ color: cssColour(colour) }}>
      {text}
    </p>
  ));
}
