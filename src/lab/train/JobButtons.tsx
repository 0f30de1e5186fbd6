/** What a visitor does to a training, in whichever state it is. */
import type { ReactNode } from "react";
import { titleOfTraining } from "../format/training-title";
import type { TrainingJob } from "../session/trainings/training-job";
import { useSession } from "../view/services";

export function JobButtons({ job }: { readonly job: TrainingJob }): ReactNode {
  const { start, setPaused, stop, forget } = useSession().trainings;
  const { ref, spec, status } = job;
  const of = <span className="visually-hidden"> {titleOfTraining(spec)}</span>;
  switch (status) {
    case "running":
    case "paused":
      return (
        <>
          <button
            type="button"
            className="quiet"
            onClick={() => setPaused(ref, status === "running")}
          >
            {status === "running" ? "Pause" : "Resume"}
            {of}
          </button>
          <button type="button" className="quiet" onClick={() => stop(ref)}>
            Stop and keep{of}
          </button>
        </>
      );
    case "stopping":
      return null;
    case "waiting":
      return (
        <button type="button" className="quiet" onClick={() => stop(ref)}>
          Do not train{of}
        </button>
      );
    case "left":
    case "failed":
      return (
        <>
          <button type="button" className="quiet" onClick={() => start(spec)}>
            {status === "left" ? "Continue" : "Try again"}
            {of}
          </button>
          <button type="button" className="quiet" onClick={() => forget(ref)}>
            Discard{of}
          </button>
        </>
      );
    case "finished":
    case "stopped":
      return (
        <button type="button" className="quiet" onClick={() => forget(ref)}>
          Dismiss{of}
        </button>
      );
    default:
      return status satisfies never;
  }
}
