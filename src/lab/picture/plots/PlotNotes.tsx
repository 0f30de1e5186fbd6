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

/** How much larger than usual text is, as a share of a plot, where it no longer fits its place. */
const wider = 1.1;
const higher = 1.2;

export function PlotNotes({ plot, axis, text: usual }: Props): ReactNode {
  // State, not a ref: the words may come long after the plot.
  const [drawn, setDrawn] = useState<HTMLSpanElement | null>(null);
  const measured = useTextShare(drawn);
  // The build has placed the words for the usual size: they move only where the plot is smaller.
  const fits =
    measured === null ||
    (measured.letter <= wider * usual.letter && measured.line <= higher * usual.line);
  const { line, letter } = fits ? usual : measured;
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
          className={`plot-note ${across}`}
          style={{ left: `${x}%`, top: `${y}%`, maxWidth: `${room}%` }}
        >
          {/* Words that take two lines cover no more of the curves than their letters do. */}
          <span ref={place === 0 ? setDrawn : null} className="plot-note-text">
            {text}
          </span>
        </span>
      </div>
    );
  });
}

/** How large words are drawn, in percent of their plot; null until that is measured. */
function useTextShare(words: HTMLElement | null): TextShare | null {
  const [share, setShare] = useState<TextShare | null>(null);
  useEffect(() => {
    const plot = words?.closest(".plot-inner");
    if (!words || !plot) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = plot;
      if (clientWidth === 0 || clientHeight === 0) return;
      setShare({
        letter: (100 * letterWidth(words)) / clientWidth,
        line: (100 * parseFloat(getComputedStyle(words).lineHeight)) / clientHeight,
      });
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
