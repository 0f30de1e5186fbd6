/** Says that the experiment's networks and images do not go together, and offers ways on. */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { canAgree, type DataChoice, type DataMisfit } from "../session/experiment/data-choice";
import { withTarget } from "../session/experiment/edits";
import { useSession } from "../view/services";
import { DataSetDialog } from "./DataPicker";
import { misfitText } from "./misfit-text";
import { canFitHead, NewHead } from "./NewHead";

interface Props {
  readonly misfit: DataMisfit;
  readonly choice: DataChoice;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export default function MisfitNotice({ misfit, choice, spec, models }: Props): ReactNode {
  const { change } = useSession();
  const agrees =
    (misfit.type === "classes" || misfit.type === "unlabelled") && canAgree(spec, models);
  const network = "network" in misfit && misfit.type !== "size" ? misfit.network : null;
  const model = models.find(({ id }) => id === network);
  const refits = model !== undefined && canFitHead(model, choice);
  return (
    <section className="notice notice-problems" aria-label="Networks and images">
      <p>{misfitText(misfit, choice, models)}</p>
      {agrees && (
        <>
          <p>
            You can measure agreement: on how many images the stitched network answers as the top
            does.
          </p>
          <button type="button" onClick={() => change((current) => withTarget(current, true))}>
            Measure agreement
          </button>
        </>
      )}
      {network !== null && refits && <NewHead {...{ network, choice, models }} />}
      {!(agrees || refits) && (
        <>
          <p>
            Choose other networks or other images
            {misfit.type === "size" && choice.own
              ? ", or read these again in the size that the networks read"
              : ""}
            .
          </p>
          <DataSetDialog spec={spec} models={models} label="Choose images…" buttonClass="quiet" />
        </>
      )}
    </section>
  );
}
