/** After a setting of a figure has been changed: what it was, and the way back. */
import { useState, type ReactNode } from "react";
import { presets, type PresetName } from "../../experiment/figures";
import type { Spec } from "../../experiment/spec";
import { useSession } from "../view/services";

interface Props {
  readonly spec: Spec;
  /** The figure that is open; null where none is. */
  readonly preset: PresetName | null;
  readonly running: boolean;
}

export function FigureLeft({ spec, preset, running }: Props): ReactNode {
  const { change } = useSession();
  const [last, setLast] = useState(preset);
  if (preset !== null && preset !== last) setLast(preset);
  if (preset !== null || last === null) return null;
  const { title, spec: figure } = presets[last];
  // With other networks it is another experiment.
  const [asked, shown] = [figure.curves[0], spec.curves[0]];
  if (asked.bottom !== shown.bottom || asked.top !== shown.top) return null;
  return (
    <p className="figure-left">
      Based on “{title}”, with your settings.{" "}
      <button
        type="button"
        className="quiet"
        disabled={running}
        onClick={() => change(() => figure)}
      >
        Restore figure
      </button>
    </p>
  );
}
