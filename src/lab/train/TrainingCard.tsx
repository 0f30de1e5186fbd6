/** One training: its curves, the networks that came of it, and what the last one gets wrong. */
import type { ReactNode } from "react";
import { StepChart } from "../inspector/charts/StepChart";
import { accuracyChart, crossEntropyWords, lossChart } from "../inspector/charts/descriptions";
import { titleOfTraining } from "../format/training-title";
import { dataChoices } from "../session/experiment/data-choice";
import { shortHash } from "../session/experiment/model-names";
import type { TrainingJob } from "../session/trainings/training-job";
import { useLabState } from "../view/services";
import { JobButtons } from "./JobButtons";
import { jobWords, shareDone } from "./job-words";
import { Mistakes } from "./Mistakes";
import { SaveOwnNetwork } from "./SaveOwnNetwork";
import { UseButtons } from "./UseButtons";

interface Props {
  readonly job: TrainingJob;
  /** Trains the same from another seed. */
  readonly onAgain: () => void;
}

export function TrainingCard({ job, onAgain }: Props): ReactNode {
  const { spec, losses, epochs, snapshots, status, error, result } = job;
  const title = titleOfTraining(spec);
  const choices = dataChoices(useLabState().dataSets ?? []);
  const classes = choices.find(({ ref }) => ref === spec.data)?.form.classes.names.length ?? 10;
  const isOver = status === "finished" || status === "stopped";
  return (
    <section className="training-card" aria-label={title}>
      <h3>{title}</h3>
      <p className="training-words">{jobWords(job)}</p>
      {(status === "running" || status === "paused") && (
        <progress max={1} value={shareDone(job)} aria-label={`Training of ${title}`} />
      )}
      {error && (
        <p className="exactly">
          <strong>{error.input}</strong>: expected {error.expected}; found {error.found}.
        </p>
      )}
      <div className="training-curves">
        {losses.length > 1 && (
          <figure>
            <figcaption>Training loss by step</figcaption>
            <StepChart chart={lossChart(losses, crossEntropyWords(classes))} />
          </figure>
        )}
        {epochs.length > 0 && (
          <figure>
            <figcaption>Test accuracy by epoch, in percent</figcaption>
            <StepChart
              chart={accuracyChart(
                epochs.map(({ epoch, testError }) => ({ epoch, accuracy: 1 - testError })),
                1 / classes,
              )}
            />
          </figure>
        )}
      </div>
      <div className="buttons">
        {result && <UseButtons id={result.id} name={title} />}
        {result && <SaveOwnNetwork sha256={result.sha256} name={title} />}
        <button type="button" className="quiet" onClick={onAgain}>
          Same again from another seed<span className="visually-hidden">: {title}</span>
        </button>
        <JobButtons job={job} />
      </div>
      {result && (
        <p className="hint">
          Kept in this browser; SHA-256{" "}
          <code title={result.sha256}>{shortHash(result.sha256)}</code>.
        </p>
      )}
      {snapshots.length > 0 && (
        <>
          <h4>Early selves, to stitch below the final network</h4>
          <ul className="snapshots">
            {snapshots.map(({ id, epoch }) => (
              <li key={id}>
                <span>
                  Epoch {epoch} of {spec.epochs}
                </span>
                <span className="buttons">
                  <UseButtons id={id} name={`${title}, epoch ${epoch}`} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {isOver && result?.mistakes && (
        <Mistakes mistakes={result.mistakes} testImages={result.testImages} data={spec.data} />
      )}
    </section>
  );
}
