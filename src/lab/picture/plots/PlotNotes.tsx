/** Words at a point of a plot: in it where it is wide, in lines below it on a narrow screen. */
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { cssColour } from "../../format/colour-roles";
import { slotPercent, valuePercent, type LayerAxis, type LayerPlot } from "./layer-plot";
import type { TextShare } from "./covered";
import { placeNote } from "./place-note";

interface Props {
  readonly plot: LayerPlot;
  readonly axis: LayerAxis;
  /** At the usual width. */
  readonly text: TextShare;
}

/** How much wider than usual letters are, in percent of a plot, where it is narrow. */
const narrow = 1.25;

export function PlotNotes({ plot, axis, text: { line, letter: usual } }: Props): ReactNode {
  // State, not a ref: the words may come long after the plot.
  const [drawn, setDrawn] = useState<HTMLSpanElement | null>(null);
  const measured = useLetterShare(drawn);
  // The build has placed the words for the usual width: they move only where the plot is narrower.
  const letter = measured > narrow * usual ? measured : usual;
  const placed = useMemo(
    () => plot.notes.map((note) => ({ note, ...placeNote(note, plot, axis, { line, letter }) })),
    [plot, axis, line, letter],
  );
  return placed.map(({ note: { at, value, text, colour }, across, x, y, lead }, place) => {
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
          ref={place === 0 ? setDrawn : null}
          className={`plot-note ${across}`}
          style={{ left: `${x}%`, top: `${y}%`, maxWidth: `${room}%` }}
        >
          {text}
        </span>
      </div>
    );
  });
}

/** Width of a letter as it is drawn, in percent of its plot's width; 0 until that is measured. */
function useLetterShare(words: HTMLElement | null): number {
  const [share, setShare] = useState(0);
  useEffect(() => {
    const plot = words?.closest(".plot-inner");
    if (!words || !plot) return;
    const observer = new ResizeObserver(() => {
      if (plot.clientWidth > 0) setShare((100 * letterWidth(words)) / plot.clientWidth);
    });
    observer.observe(plot);
    return () => observer.disconnect();
  }, [words]);
  return share;
}

/** In CSS pixels, with its share of the padding around the words. */
function letterWidth(words: HTMLElement): number {
  const context = document.createElement("canvas").getContext("2d");
  const text = words.textContent;
  if (context === null || text.length === 0) return 0;
  const { font, paddingLeft, paddingRight } = getComputedStyle(words);
  context.font = font;
  const padding = parseFloat(paddingLeft) + parseFloat(paddingRight);
  return (context.measureText(text).width + padding) / text.length;
}

/** The same words as lines of text. The style sheet shows either these or those in the plot. */
export function NoteLines({ notes }: Pick<LayerPlot, "notes">): ReactNode {
  return notes.map(({ text, colour }) => (
    <p key={text} className="note-line" style={{ color: cssColour(colour) }}>
      {text}
    </p>
  ));
}
