/** Trainings under way, unfinished or just ended, above the experiment. */
import { useEffect, type ReactNode } from "react";
import { titleOfTraining } from "../format/training-title";
import { noteNetworks } from "../recent/recent";
import { useSession, useTrainings } from "../view/services";
import { JobButtons } from "./JobButtons";
import { jobWords, shareDone } from "./job-words";
import "./train.css";

export default function TrainingStrip(): ReactNode {
  const { jobs } = useTrainings();
  const { show } = useSession().trainings;
  const ids = jobs.flatMap(({ result }) => (result ? [result.id] : [])).join(" ");
  useEffect(() => {
    // Also those that are chosen by an address: what was trained here is recent.
    noteNetworks(ids === "" ? [] : ids.split(" "));
  }, [ids]);
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
