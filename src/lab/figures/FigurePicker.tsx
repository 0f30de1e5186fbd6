/** Which figure is open, the gallery of all, and the way to the next. */
import type { ReactNode } from "react";
import { presets, type PresetName } from "../../experiment/figures";
import type { LabModel } from "../engine/models";
import { figureAfter, figuresInOrder } from "../session/experiment/preset";
import { lazyPart } from "../ui/lazy-part";
import { PageDialog } from "../ui/PageDialog";
import { useSession, useViewState } from "../view/services";

const Gallery = lazyPart("the figures", () => import("./Gallery"));

interface Props {
  readonly models: readonly LabModel[];
  /** Null for an experiment that is no figure. */
  readonly current: PresetName | null;
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
}

export function FigurePicker({ models, current, running }: Props): ReactNode {
  const { change } = useSession();
  const { lesson } = useViewState().view;
  const here = figuresInOrder(models, lesson);
  const place = current === null ? -1 : here.indexOf(current);
  const step = (by: number, sign: string, word: string): ReactNode => {
    const next = figureAfter(current, by, models, lesson);
    if (here.length === 0) return null;
    const title = next === null ? "" : presets[next].title;
    return (
      <button
        type="button"
        className="quiet"
        disabled={running || next === null}
        aria-label={next === null ? `${word} figure` : `${word} figure: ${title}`}
        title={title}
        onClick={() => next !== null && change(() => presets[next].spec)}
      >
        {sign}
      </button>
    );
  };
  return (
    <div className="figure-picker">
      {step(-1, "‹", "Previous")}
      <PageDialog
        label="Figures"
        words={
          <>
            <span className="visually-hidden">Figures: </span>
            {current === null ? "Custom experiment" : presets[current].title}
            <span aria-hidden="true"> ▾</span>
          </>
        }
        title="Figures: the paper’s experiments and more"
      >
        {(close) => <Gallery {...{ models, current, running }} onOpened={close} />}
      </PageDialog>
      {step(1, "›", "Next")}
      {place >= 0 && (
        <span className="hint figure-place">
          {place + 1} of {here.length}
          {lesson !== null && " in this lesson"}
        </span>
      )}
    </div>
  );
}
