/** From the inspector to another experiment, which is set up and waits for Run. */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { underWay, workbenchOf } from "../session/state";
import { useLabState, useSession } from "../view/services";

interface Props {
  readonly words: string;
  readonly edit: (spec: Spec, models: readonly LabModel[]) => Spec;
  /** The experiment is another one now. */
  readonly onChange: () => void;
}

export function SetUp({ words, edit, onChange }: Props): ReactNode {
  const { change } = useSession();
  const bench = workbenchOf(useLabState());
  return (
    <button
      type="button"
      className="quiet"
      disabled={bench === null || underWay(bench.activity) !== null}
      onClick={() => {
        change(edit);
        onChange();
        // Closing gives the focus back to where it was: after that.
        setTimeout(() => document.querySelector<HTMLElement>(".run-panel")?.focus());
      }}
    >
      {words}
    </button>
  );
}
