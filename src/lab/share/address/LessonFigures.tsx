/** The figures of a lesson, in the order in which they are ticked. */
import type { ReactNode } from "react";
import { presets, type PresetName } from "../../../experiment/figures";
import type { LabModel } from "../../engine/models";
import { presetsHere } from "../../session/experiment/preset";

interface Props {
  readonly models: readonly LabModel[];
  readonly lesson: readonly PresetName[];
  readonly onChange: (lesson: readonly PresetName[]) => void;
}

export function LessonFigures({ models, lesson, onChange }: Props): ReactNode {
  return (
    <>
      <p className="hint">
        Previous and Next step through the figures that you tick, in that order.
      </p>
      <fieldset className="share-parts">
        <legend className="visually-hidden">Figures of the lesson</legend>
        {presetsHere(models).map((name) => {
          const at = lesson.indexOf(name);
          return (
            <label key={name}>
              <input
                type="checkbox"
                checked={at >= 0}
                onChange={({ target }) => {
                  const others = lesson.filter((other) => other !== name);
                  onChange(target.checked ? [...others, name] : others);
                }}
              />
              {at >= 0 && `${at + 1}. `}
              {presets[name].title}
            </label>
          );
        })}
      </fieldset>
    </>
  );
}
