/** Trainings under way, unfinished or ended in this visit, above the experiment. */
import { useEffect, type ReactNode } from "react";
import { trainingBackend } from "../../experiment/training/spec";
import { workerCount } from "../engine/worker-count";
import { titleOfTraining } from "../format/training-title";
import { noteNetworks } from "../choice/recent";
import { keepTrainingPace } from "../run-time/training-time";
import { dataChoices } from "../session/experiment/data-choice";
import type { TrainingJob } from "../session/trainings/training-job";
import { useLabState, useSession, useTrainings } from "../view/services";
import { JobButtons } from "./JobButtons";
import { jobWords, shareDone } from "./job-words";
import { architectureOf } from "../session/experiment/training-architecture";
import "./train.css";

/** Shorter ones are mostly the start of workers. */
const leastSeconds = 5;

/** The next estimate is by what this machine took. */
function useKeptPace(jobs: readonly TrainingJob[]): void {
  const choices = dataChoices(useLabState().dataSets ?? []);
  const last = jobs.findLast(({ status }) => status === "finished" || status === "stopped");
  const form = choices.find(({ ref }) => ref === last?.spec.data)?.form;
  useEffect(() => {
    const { spec, measured } = last ?? {};
    const architecture = spec && form && architectureOf(spec, form);
    if (!spec || !architecture || !measured || measured.seconds < leastSeconds) return;
    keepTrainingPace(spec, architecture, workerCount(trainingBackend), measured);
  }, [last, form]);
}

export default function TrainingStrip(): ReactNode {
  const jobs = useTrainings().jobs.filter(({ isEarlier }) => !isEarlier);
  const { show } = useSession().trainings;
  const ids = jobs.flatMap(({ result }) => (result ? [result.id] : [])).join(" ");
  useEffect(() => {
    // Also those that are chosen by an address: what was trained here is recent.
    noteNetworks(ids === "" ? [] : ids.split(" "));
  }, [ids]);
  useKeptPace(jobs);
  return (
    <section className="notice notice-happened training-strip" aria-label="Trainings">
      <ul>
        {jobs.map((job) => (
          <li key={job.ref}>
            <div>
              <p>
                <strong>{titleOfTraining(job.spec)}</strong>{" "}
                <span className="training-words">{jobWords(job)}</span>
              </p>
              {(job.status === "running" || job.status === "paused") && (
                <progress
                  max={1}
                  value={shareDone(job)}
                  aria-label={`Training of ${titleOfTraining(job.spec)}`}
                />
              )}
            </div>
            <div className="buttons">
              <button type="button" className="quiet" onClick={show}>
                Show<span className="visually-hidden"> {titleOfTraining(job.spec)}</span>
              </button>
              <JobButtons job={job} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
