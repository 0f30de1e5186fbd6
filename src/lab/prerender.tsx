/** The opening figure as HTML, for the build to write into index.html. */
import { renderToStaticMarkup } from "react-dom/server";
import { presets } from "../experiment/presets";
import { sketchesSchema } from "../experiment/sketch";
import { openingPreset } from "./session/preset";
import { Opening } from "./views/Opening";

/** @param sketches contents of public/recorded/sketches.json; empty text where the figure is not recorded */
export function openingHtml(sketches: unknown): string {
  const sketch = sketchesSchema.parse(sketches)[openingPreset];
  return sketch === undefined
    ? ""
    : renderToStaticMarkup(<Opening preset={presets[openingPreset]} sketch={sketch} />);
}

/** What a first visit asks for right after the scripts, from the page's address. */
export const openingFiles: readonly string[] = [
  "zoo/manifest.json",
  `recorded/${openingPreset}.json`,
];
