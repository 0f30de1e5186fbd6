/** Words at a point of a plot: in it where it is wide, in lines below it on a narrow screen. */
import type { ReactNode } from "react";
import { cssColour } from "../../format/colour-roles";
import { slotPercent, valuePercent, type LayerAxis, type LayerPlot } from "./layer-plot";
import { placeNote } from "./place-note";

interface Props extends Pick<LayerPlot, "notes" | "domain" | "curves"> {
  readonly axis: LayerAxis;
  /** Height of a line of text, in percent of the plot's. */
  readonly lineShare: number;
}

export function PlotNotes({ notes, lineShare, axis, ...plot }: Props): ReactNode {
  return notes.map((note) => {
    const { at, value, text, colour } = note;
    const left = slotPercent(at, axis);
    const { across, down } = placeNote(note, plot, axis, lineShare);
    const room = { start: 100 - left, middle: 2 * Math.min(left, 100 - left), end: left }[across];
    return (
      <span
        key={text}
        className={`plot-note ${across} ${down}`}
        style={{
          left: `${left}%`,
          top: `${valuePercent(value, plot.domain)}%`,
          maxWidth: `${room}%`,
          color: cssColour(colour),
        }}
      >
        {text}
      </span>
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
