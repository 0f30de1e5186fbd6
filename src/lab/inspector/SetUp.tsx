/** Buttons that set up another experiment from the inspector. It then waits for Run. */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { underWay, workbenchOf } from "../session/state";
import { useLabState, useSession } from "../view/services";
import { protocols } from "../../experiment/protocol";
import { withTrainedStitch } from "./one-stitch";

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

interface TrainHereProps {
  readonly spec: Spec;
  readonly site: number;
  /** The experiment is another one now. */
  readonly onChange: () => void;
}

/** Nothing where stitches are trained already, or have no training. */
export function TrainHere({ spec, site, onChange }: TrainHereProps): ReactNode {
  const { family, objective } = spec.curves[0];
  const isFixed = family !== "affine" || objective !== undefined;
  if (isFixed || protocols[spec.protocol].training !== "none") return null;
  return (
    <p className="train-here">
      This stitch is a least-squares fit. Training often lowers the penalty.{" "}
      <SetUp
        words="Set up training"
        edit={(current, models) => withTrainedStitch(current, site, models)}
        onChange={onChange}
      />
    </p>
  );
}
