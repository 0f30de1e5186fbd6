/** The way to the gallery of figures. */
import { lazy, type ReactNode } from "react";
import { presetOf } from "../session/preset";
import { underWay } from "../session/state";
import { LazyBoundary } from "../ui/LazyBoundary";
import { PageDialog } from "../ui/PageDialog";
import { useLabState } from "../session/session-context";

const Gallery = lazy(() => import("./Gallery"));

/** Nothing while there are no networks to choose figures by. */
export function FigureGallery(): ReactNode {
  const { workbench } = useLabState();
  if (workbench.status !== "ready") return null;
  const { models, address, activity } = workbench.value;
  return (
    <PageDialog label="Figures" title="Figures: the paper’s experiments and more">
      {(close) => (
        <LazyBoundary name="the figures">
          <Gallery
            models={models}
            current={presetOf(address.spec)}
            running={underWay(activity) !== null}
            onOpened={close}
          />
        </LazyBoundary>
      )}
    </PageDialog>
  );
}
