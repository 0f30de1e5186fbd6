/** From a stitch that has a closed form to one that is trained at the same place. */
import type { ReactNode } from "react";
import { protocols } from "../../experiment/protocol";
import type { Spec } from "../../experiment/spec";
import { withTrainedStitch } from "../session/edits";
import { underWay, workbenchOf } from "../session/state";
import { useLabState, useSession } from "../views/session-context";

interface Props {
  readonly spec: Spec;
  readonly tap: number;
  /** The experiment is another one now. */
  readonly onChange: () => void;
}

/** Nothing where stitches are trained already, or have no training. */
export function TrainHere({ spec, tap, onChange }: Props): ReactNode {
  const { change } = useSession();
  const bench = workbenchOf(useLabState());
  if (protocols[spec.protocol].training !== "none" || spec.family !== "affine") return null;
  return (
    <p className="train-here">
      This stitch was fitted to the top’s representation and never trained; training often lowers
      the penalty.{" "}
      <button
        type="button"
        className="quiet"
        disabled={bench === null || underWay(bench.activity) !== null}
        onClick={() => {
          change((current, models) => withTrainedStitch(current, tap, models));
          onChange();
          // Closing gives the focus back to where it was: after that.
          setTimeout(() => document.querySelector<HTMLElement>(".run-panel button")?.focus());
        }}
      >
        Set up its training
      </button>
    </p>
  );
}
