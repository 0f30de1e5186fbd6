/** After a setting of a figure has been changed: what it was, and the way back. */
import { useState, type ReactNode } from "react";
import { presets, type PresetName } from "../../experiment/figures";
import type { Spec } from "../../experiment/spec";
import { useSession } from "../view/services";

/**
 * Returns the figure whose settings were changed; null while it is open, where none was, and with
 * other networks, which are another experiment.
 *
 * @param preset the figure that is open; null where none is
 */
export function useFigureLeft(spec: Spec, preset: PresetName | null): PresetName | null {
  const [last, setLast] = useState(preset);
  if (preset !== null && preset !== last) setLast(preset);
  if (preset !== null || last === null) return null;
  const [asked, shown] = [presets[last].spec.curves[0], spec.curves[0]];
  return asked.bottom === shown.bottom && asked.top === shown.top ? last : null;
}

interface Props {
  /** As {@link useFigureLeft} finds it. */
  readonly name: PresetName;
  readonly running: boolean;
}

export function FigureLeft({ name, running }: Props): ReactNode {
  const { change } = useSession();
  const { title, spec } = presets[name];
  return (
    <p className="figure-left">
      Based on “{title}”, with your settings.{" "}
      <button type="button" className="quiet" disabled={running} onClick={() => change(() => spec)}>
        Restore figure
      </button>
    </p>
  );
}
