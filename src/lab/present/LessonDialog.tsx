/** Chooses the figures of a presentation, and begins it. */
import { useState, type ReactNode } from "react";
import { presets } from "../../experiment/figures";
import { presetOf } from "../session/experiment/preset";
import type { Workbench } from "../session/state";
import { LessonFigures } from "../share/address/LessonFigures";
import { useSession, useViewState, useViewStore } from "../view/services";

interface Props {
  readonly bench: Workbench;
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
  readonly onClose: () => void;
}

export default function LessonDialog({ bench, running, onClose }: Props): ReactNode {
  const { change } = useSession();
  const { show } = useViewStore();
  const { lesson: shown } = useViewState().view;
  const [lesson, setLesson] = useState(shown ?? []);
  const open = presetOf(bench.address.spec);
  const [first] = lesson;
  const begin = first !== undefined && (open === null || !lesson.includes(open)) ? first : null;
  return (
    <>
      <LessonFigures models={bench.models} lesson={lesson} onChange={setLesson} />
      <div className="buttons lesson-buttons">
        <button
          type="button"
          className="primary"
          disabled={first === undefined || (running && begin !== null)}
          onClick={() => {
            onClose();
            show({ mode: "present", lesson });
            if (begin !== null) change(() => presets[begin].spec);
          }}
        >
          Present these figures
        </button>
        {shown !== null && (
          <button
            type="button"
            onClick={() => {
              onClose();
              show({ mode: "present", lesson: null });
            }}
          >
            Present all figures
          </button>
        )}
      </div>
    </>
  );
}
