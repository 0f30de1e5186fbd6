/** The page's name, what it is in one sentence, and the ways to its other views. */
import type { ReactNode } from "react";
import { FigureGallery } from "../figures/FigureGallery";
import { InOneSentence } from "../learn/InOneSentence";
import { Library } from "../library/Library";
import { Method } from "../learn/Method";
import { Present } from "../present/Present";
import { IfVisible } from "../view/IfVisible";
import { Tour } from "../learn/Tour";

export function PageHeader(): ReactNode {
  return (
    <header className="page-header">
      <div className="page-title">
        <h1>Stitch Lab</h1>
        <PageMenu />
      </div>
      <IfVisible part="intro">
        <InOneSentence />
      </IfVisible>
    </header>
  );
}

/** One entry a view, each a button of its own. */
function PageMenu(): ReactNode {
  return (
    <nav className="page-menu" aria-label="Views">
      <IfVisible part="figures">
        <FigureGallery />
      </IfVisible>
      <IfVisible part="library">
        <Library />
      </IfVisible>
      <IfVisible part="tour">
        <Tour />
      </IfVisible>
      <IfVisible part="method">
        <Method />
      </IfVisible>
      <Present />
    </nav>
  );
}
