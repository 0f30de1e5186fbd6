/** Whether a data set goes with the experiment's networks, and how long a run on it takes. */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { useEstimates } from "../run-time/use-run-time";
import {
  canAgree,
  dataChoiceOf,
  misfitOf,
  withData,
  type DataChoice,
} from "../session/experiment/data-choice";
import { titleOf } from "../session/experiment/model-names";
import { useLabState } from "../view/services";
import { misfitText } from "./misfit-text";
import { canFitHead } from "./NewHead";

interface Props {
  readonly choice: DataChoice;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export function DataFit({ choice, spec, models }: Props): ReactNode {
  const { run } = useEstimates();
  const own = useLabState().dataSets ?? [];
  const inUse = spec.data === choice.ref;
  const next = inUse ? spec : withData(spec, choice, dataChoiceOf(spec, own), models);
  const misfit = misfitOf(next, choice, models);
  const [before, after] = [spec.curves[0], next.curves[0]];
  const others = after.top !== before.top || after.bottom !== before.bottom;
  const time = misfit || inUse ? null : run(next);
  return (
    <>
      {misfit && (
        <p className="hint">
          {misfitText(misfit, choice, models)} {wayOn(next, choice, models)}
        </p>
      )}
      {others && (
        <p className="hint">
          Networks change to {titleOf(after.bottom, models)} into {titleOf(after.top, models)}.
        </p>
      )}
      {time !== null && <p className="hint">A run takes {time}.</p>}
    </>
  );
}

/** What can be done about a misfit once the images are chosen. */
function wayOn(spec: Spec, choice: DataChoice, models: readonly LabModel[]): string {
  const misfit = misfitOf(spec, choice, models);
  if (misfit?.type !== "classes") return "";
  const model = models.find(({ id }) => id === misfit.network);
  const agrees = canAgree(spec, models);
  const refits = model !== undefined && canFitHead(model, choice);
  if (agrees && refits) return "Next, you can measure agreement or fit a new head.";
  if (agrees) return "Next, you can measure agreement.";
  return refits ? "Next, you can fit a new head." : "";
}
