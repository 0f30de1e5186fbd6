/** Sizes of an exported figure: two widths of a paper, and a slide. */

export interface FigureSize {
  /** In the dialog. */
  readonly label: string;
  /** Part of a file's name. */
  readonly suffix: string;
  /** What a number in the file is. */
  readonly unit: "pt" | "px";
  readonly width: number;
  readonly padding: number;
  /** Sizes of the letters. */
  readonly letters: number;
  readonly small: number;
  readonly heading: number;
  /** By how much lines, dashes and dots are smaller than on the page. */
  readonly lines: number;
  readonly heights: {
    readonly penalty: number;
    readonly similarity: number;
    readonly strip: number;
  };
  /** At most so wide is a line of a curve's name. */
  readonly widestName: number;
  /** Whether there is room in a plot for words about a point; else they are above it. */
  readonly notesInPlot: boolean;
  /** Pixels that a PNG has for one unit. */
  readonly pixels: number;
  /** Whether the picture says where it is from; in a paper the caption does. */
  readonly writesSource: boolean;
}

const pointsPerMm = 72 / 25.4;
/** What journals ask of line art. */
const dotsPerInch = 600;

const paper = {
  unit: "pt",
  padding: 3,
  letters: 7,
  small: 7,
  heading: 7.5,
  pixels: dotsPerInch / 72,
  writesSource: false,
} as const;

export const figureSizes = {
  column: {
    ...paper,
    label: "Paper, one column (84 mm)",
    suffix: "84mm",
    width: 84 * pointsPerMm,
    lines: 0.45,
    heights: { penalty: 112, similarity: 74, strip: 26 },
    widestName: 80,
    notesInPlot: false,
  },
  page: {
    ...paper,
    label: "Paper, two columns (174 mm)",
    suffix: "174mm",
    width: 174 * pointsPerMm,
    lines: 0.5,
    heights: { penalty: 150, similarity: 84, strip: 28 },
    widestName: 130,
    notesInPlot: true,
  },
  slide: {
    label: "Slide (960 pixels)",
    suffix: "slide",
    unit: "px",
    width: 960,
    padding: 16,
    letters: 13,
    small: 11,
    heading: 16,
    lines: 1,
    heights: { penalty: 320, similarity: 160, strip: 48 },
    widestName: 240,
    notesInPlot: true,
    pixels: 2,
    writesSource: true,
  },
} as const satisfies Record<string, FigureSize>;

export type FigureSizeName = keyof typeof figureSizes;

/** A picture as text, with its size in its own unit. */
export interface SvgPicture {
  readonly text: string;
  readonly title: string;
  /** Where the picture can be had again. */
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly size: FigureSize;
}

/** Width and height as a file says them: a paper's in millimetres. */
export function lengthOf(length: number, { unit }: FigureSize): string | number {
  return unit === "px" ? length : `${Math.round((100 * length) / pointsPerMm) / 100}mm`;
}
