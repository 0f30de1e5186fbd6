/** Where the words of a quiet range go: in it or next to it, on as little of the curves as possible. */
import { coveredBy, type Box, type Drawn, type TextShare } from "./covered";
import { valuePercent, type LayerAxis, type PlotRange } from "./layer-plot";

/** Next to those of a note. */
const smaller = 0.87;

/** @returns in percent of the plot */
export function placeRange(
  { from, to, left, right, text }: PlotRange,
  drawn: Drawn,
  axis: LayerAxis,
  { line, letter }: TextShare,
): Box {
  const [width, height] = [smaller * (letter * text.length + 1.5), line];
  const [top, bottom] = [valuePercent(to, drawn.domain), valuePercent(from, drawn.domain)];
  // Away from a line at its edge.
  const apart = 0.15 * line;
  const tops = [top, bottom - height, bottom + apart, top - height - apart].filter(
    (each) => each >= 0 && each + height <= 100,
  );
  const boxes = (tops.length > 0 ? tops : [0]).flatMap((y) =>
    [right - width, left, (left + right - width) / 2].map((x) => {
      const start = Math.min(100 - width, Math.max(0, x));
      return { left: start, right: start + width, top: y, bottom: y + height };
    }),
  );
  const covered = coveredBy(drawn, axis, { line, letter });
  return boxes.reduce((best, next) => (covered(next) < covered(best) ? next : best));
}
