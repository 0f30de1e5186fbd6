/** Says which networks the experiment trains first, and what that takes. */
import { useId, type ReactNode } from "react";
import { trainingBackend, type TrainingSpec } from "../../experiment/training/spec";
import { workerCount } from "../engine/worker-count";
import { titleOfTraining } from "../format/training-title";
import { timeWords } from "../run-time/about-time";
import { trainingSeconds } from "../run-time/training-time";
import { dataChoices } from "../session/experiment/data-choice";
import { useLabState } from "../view/services";
import { architectureOf } from "../session/experiment/training-architecture";

interface Props {
  /** At least one. */
  readonly trainings: readonly TrainingSpec[];
  /** Whether the experiment's results are here already; then they come before its trainings. */
  readonly isFolded: boolean;
}

export default function AbsentTrainings({ trainings, isFolded }: Props): ReactNode {
  const id = useId();
  const choices = dataChoices(useLabState().dataSets ?? []);
  const seconds = trainings.map((spec) => {
    const form = choices.find(({ ref }) => ref === spec.data)?.form;
    const architecture = form && architectureOf(spec, form);
    return architecture ? trainingSeconds(spec, architecture, workerCount(trainingBackend)) : null;
  });
  const inWords = (value: number): string => timeWords(value, { isLowerBound: false });
  const known = seconds.flatMap((value) => value ?? []);
  const total = known.reduce((sum, value) => sum + value, 0);
  const one = trainings.length === 1;
  const networks = one ? "a network" : `${trainings.length} networks`;
  const list = (
    <>
      <ul>
        {trainings.map((spec, index) => {
          const value = seconds[index] ?? null;
          return (
            <li key={titleOfTraining(spec)}>
              {titleOfTraining(spec)}
              {value === null
                ? ": its images are not here, or have no classes"
                : `: ${inWords(value)}`}
            </li>
          );
        })}
      </ul>
      <p>
        “Train and run” trains {one ? "it" : "them"} on this machine
        {known.length > 1 && <>, together in {inWords(total)}</>}, keeps {one ? "it" : "them"} in
        this browser, and then stitches. Everybody who opens this address gets the same weights, to
        the last bit.
      </p>
    </>
  );
  if (isFolded) {
    return (
      <details className="notice notice-asks">
        <summary>
          To run it here, {networks} will be trained first
          {known.length > 0 && `: ${inWords(total)}`}
        </summary>
        {list}
      </details>
    );
  }
  return (
    <section className="notice notice-asks" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>This experiment trains {networks}</h2>
      {list}
    </section>
  );
}
