/** The offer to fit a new head to a network whose classes are not those of the images. */
import type { ReactNode } from "react";
import { imageShapeText, inputOf } from "../../core/nets/architecture";
import { baseHashOf, type LabModel } from "../engine/models";
import { count } from "../format/numbers";
import { useEstimates } from "../run-time/use-run-time";
import type { DataChoice } from "../session/experiment/data-choice";
import { inShort, titleOf } from "../session/experiment/model-names";
import { FittingHead } from "./FittingHead";
import { useLabState, useSession } from "../view/services";

interface Props {
  readonly network: string;
  readonly choice: DataChoice;
  readonly models: readonly LabModel[];
}

/** Nothing where none can be fitted to these images. */
export function NewHead({ network, choice, models }: Props): ReactNode {
  const { replaceHead } = useSession();
  const { fit } = useLabState().modelImport;
  const estimates = useEstimates();
  const model = models.find(({ id }) => id === network);
  if (!model || !canFitHead(model, choice)) return null;
  const name = titleOf(network, models);
  if (fit?.trunk === baseHashOf(model)) return <FittingHead name={name} fit={fit} />;
  const time = estimates.fit(model, choice.train + choice.test);
  return (
    <>
      <p>
        You can fit a new head: a linear layer for the {count(choice.form.classes.names.length)}{" "}
        classes of {inShort(choice.name)} takes the place of the last layer of {name}. Its other
        layers stay as they are.
      </p>
      <button type="button" disabled={fit !== null} onClick={() => replaceHead(network)}>
        Fit a new head{time !== null && ` (${time})`}
      </button>
    </>
  );
}

/** Whether images have classes, in the size that a network reads. */
export function canFitHead({ architecture }: LabModel, { form }: DataChoice): boolean {
  return (
    form.classes.names.length >= 2 && imageShapeText(form) === imageShapeText(inputOf(architecture))
  );
}
