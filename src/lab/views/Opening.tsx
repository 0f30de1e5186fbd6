/**
 * What a first visit sees until its figure can be told in full: the recorded curves, drawn from a few numbers. The
 * build writes the same into index.html, so that it is painted before any script has arrived.
 */
import type { ReactNode } from "react";
import type { Preset } from "../../experiment/presets/preset";
import type { Sketch } from "../../experiment/sketch";
import { CurveSketch } from "./CurveSketch";
import { FigureHeading } from "./FigureHeading";
import { InOneSentence } from "./InOneSentence";

interface Props {
  readonly preset: Preset;
  readonly sketch: Sketch;
}

export function Opening({ preset, sketch }: Props): ReactNode {
  return (
    <div className="opening">
      <header className="page-header">
        <h1>Stitch Lab</h1>
        <InOneSentence />
      </header>
      <main>
        <section className="figure-card" aria-labelledby="opening-title">
          <FigureHeading id="opening-title" preset={preset} />
          <p>{preset.claim}</p>
        </section>
        <section className="results" aria-labelledby="opening-penalty">
          <h3 id="opening-penalty">Stitching penalty, from the input’s layers to the output’s</h3>
          <CurveSketch
            curves={sketch.penalty}
            atLeast={[0, 0.05]}
            height={90}
            colour="var(--stitch)"
          />
          <h3>Similarity (CKA), from 0 to 1</h3>
          <CurveSketch
            curves={sketch.similarity}
            atLeast={[0, 1]}
            height={50}
            colour="var(--similarity)"
          />
          <p className="hint">Recorded; the rest of the page is on its way.</p>
        </section>
      </main>
    </div>
  );
}
