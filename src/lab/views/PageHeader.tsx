/** The page's name, what it is in one sentence, and the ways to its other views. */
import type { ReactNode } from "react";
import { FigureGallery } from "./FigureGallery";
import { InOneSentence } from "./InOneSentence";
import { Library } from "./Library";
import { Method } from "./Method";
import { Present } from "./Present";
import { Shown } from "./Shown";
import { Tour } from "./Tour";

export function PageHeader(): ReactNode {
  return (
    <header className="page-header">
      <div className="page-title">
        <h1>Stitch Lab</h1>
        <PageMenu />
      </div>
      <Shown part="intro">
        <InOneSentence />
      </Shown>
    </header>
  );
}

/** One entry a view, each a button of its own. */
function PageMenu(): ReactNode {
  return (
    <nav className="page-menu" aria-label="Views">
      <Shown part="figures">
        <FigureGallery />
      </Shown>
      <Shown part="library">
        <Library />
      </Shown>
      <Shown part="tour">
        <Tour />
      </Shown>
      <Shown part="method">
        <Method />
      </Shown>
      <Present />
    </nav>
  );
}
