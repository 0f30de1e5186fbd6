/** Everything of trainings on the page: the strip above the experiment, and the view over it. */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { lazyPart } from "../ui/lazy-part";
import { useTrainings } from "../view/services";

const TrainingStrip = lazyPart("the trainings", () => import("./TrainingStrip"));
const TrainingsDialog = lazyPart("the training of networks", () => import("./TrainingsDialog"), {
  elsewhere: true,
});

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export function Trainings({ spec, models }: Props): ReactNode {
  const { jobs, open } = useTrainings();
  return (
    <>
      {jobs.some(({ isEarlier }) => !isEarlier) && <TrainingStrip />}
      {open && <TrainingsDialog spec={spec} models={models} />}
    </>
  );
}
