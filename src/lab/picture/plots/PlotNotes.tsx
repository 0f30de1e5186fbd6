/** Words at a point of a plot: in it where it is wide, in lines below it on a narrow screen. */
import type { ReactNode } from "react";
import { cssColour } from "../../format/colour-roles";
import { slotPercent, valuePercent, type LayerAxis, type LayerPlot } from "./layer-plot";

interface Props extends Pick<LayerPlot, "notes" | "domain"> {
  readonly axis: LayerAxis;
}

export function PlotNotes({ notes, axis, domain }: Props): ReactNode {
  return notes.map(({ at, value, text, colour }) => {
    const left = slotPercent(at, axis);
    const top = valuePercent(value, domain);
    const { side, room } = noteRoom(left);
    return (
      <span
        key={text}
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

/** On which side of its point a note has the most room, and how much, in percent of the width. */
function noteRoom(left: number): { side: string; room: number } {
  if (left > 75) return { side: "to-left", room: left };
  if (left < 40) return { side: "to-right", room: 100 - left };
  return { side: "to-middle", room: 2 * Math.min(left, 100 - left) };
}
