/** From a stitch that has a closed form to one that is trained at the same place. */
import type { ReactNode } from "react";
import { protocols } from "../../experiment/protocol";
import type { Spec } from "../../experiment/spec";
import { withTrainedStitch } from "./one-stitch";
import { SetUp } from "./SetUp";

interface Props {
  readonly spec: Spec;
  readonly site: number;
  /** The experiment is another one now. */
  readonly onChange: () => void;
}

/** Nothing where stitches are trained already, or have no training. */
export function TrainHere({ spec, site, onChange }: Props): ReactNode {
  if (protocols[spec.protocol].training !== "none" || spec.curves[0].family !== "affine")
    return null;
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
