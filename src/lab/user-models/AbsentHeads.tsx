/** Offers to fit the heads that the address names, to networks that are here. */
import { useId, type ReactNode } from "react";
import { baseHashOf, type AbsentHead } from "../engine/models";
import { useEstimates } from "../run-time/use-run-time";
import { dataChoices } from "../session/experiment/data-choice";
import { inShort, titleOf } from "../session/experiment/model-names";
import { usualDataSet } from "../../experiment/data-sets";
import { useLabState, useSession } from "../view/services";
import { FittingHead } from "../images/FittingHead";

/** @param heads at least one */
export default function AbsentHeads({
  heads,
}: {
  readonly heads: readonly AbsentHead[];
}): ReactNode {
  const id = useId();
  const { fit } = useLabState().modelImport;
  return (
    <section className="notice notice-asks" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {heads.length === 1 ? "This link needs a linear head" : "This link needs linear heads"}
      </h2>
      {heads.map((head) => {
        const name = titleOf(head.base.id, [head.base]);
        return fit?.trunk === baseHashOf(head.base) ? (
          <FittingHead key={head.id} {...{ name, fit }} />
        ) : (
          <Offer key={head.id} {...{ head, name }} disabled={fit !== null} />
        );
      })}
    </section>
  );
}

interface OfferProps {
  readonly head: AbsentHead;
  readonly name: string;
  readonly disabled: boolean;
}

function Offer({ head, name, disabled }: OfferProps): ReactNode {
  const { fitAbsentHead } = useSession();
  const estimates = useEstimates();
  const own = useLabState().dataSets ?? [];
  const data = dataChoices(own).find(({ ref }) => (ref ?? usualDataSet) === head.data);
  const time = data && estimates.fit(head.base, data.train + data.test);
  return (
    <>
      <p>
        A new head of <strong>{inShort(name)}</strong>, fitted to the training images of{" "}
        {data ? inShort(data.name) : "a data set that is not here yet"}. It is the author’s head, up
        to rounding.
      </p>
      <button type="button" disabled={disabled || !data} onClick={() => fitAbsentHead(head)}>
        Fit the head{time ? ` (${time})` : ""}
      </button>
    </>
  );
}
