/** Train a network: what it is to be, the trainings under way, and those that have ended. */
import { useState, type ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import { usualTraining, type TrainingSpec } from "../../experiment/training/spec";
import { isUserModel, type LabModel } from "../engine/models";
import { dataChoiceOf } from "../session/experiment/data-choice";
import { trainingOf } from "../../experiment/model-ref";
import { DialogFrame } from "../ui/DialogFrame";
import { useLabState, useSession, useTrainings } from "../view/services";
import { TrainForm } from "./TrainForm";
import { TrainingCard } from "./TrainingCard";
import "../inspector/inspector.css";
import "./train.css";

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export default function TrainingsDialog({ spec, models }: Props): ReactNode {
  const { start, hide } = useSession().trainings;
  const all = useTrainings().jobs;
  // Its network may have been removed since.
  const jobs = all.filter(
    ({ isEarlier, result }) => !isEarlier || models.some(({ id }) => id === result?.id),
  );
  const data = dataChoiceOf(spec, useLabState().dataSets ?? []);
  const [asked, setAsked] = useState(false);
  const isAsking = asked || jobs.every(({ isEarlier }) => isEarlier);

  /** Returns the first seed from which the same was not trained. */
  function freeSeed(training: TrainingSpec): number {
    const taken = new Set<number>();
    const same = JSON.stringify({ ...training, seed: 0 });
    const known = [
      ...jobs.map((job) => job.spec),
      ...models.filter(isUserModel).flatMap(({ id }) => trainingOf(id) ?? []),
    ];
    for (const other of known) {
      if (JSON.stringify({ ...other, seed: 0 }) === same) taken.add(other.seed);
    }
    let seed = 0;
    while (taken.has(seed)) seed++;
    return seed;
  }

  const usual: TrainingSpec = {
    ...usualTraining,
    ...(spec.data !== undefined && { data: spec.data }),
    ...(data && { trainImages: Math.min(usualTraining.trainImages, data.train) }),
  };
  return (
    <DialogFrame title="Train a network" onClose={hide}>
      <div className="trainings">
        {isAsking && data && (
          <TrainForm
            data={data}
            first={{ ...usual, seed: freeSeed(usual) }}
            onStart={(training) => {
              start(training);
              setAsked(false);
            }}
          />
        )}
        {isAsking && !data && <p>The experiment’s images are not here.</p>}
        {!isAsking && (
          <p>
            <button type="button" onClick={() => setAsked(true)}>
              Train another…
            </button>
          </p>
        )}
        {jobs.toReversed().map((job) => (
          <TrainingCard
            key={job.ref}
            job={job}
            onAgain={() => start({ ...job.spec, seed: freeSeed(job.spec) })}
          />
        ))}
      </div>
    </DialogFrame>
  );
}
