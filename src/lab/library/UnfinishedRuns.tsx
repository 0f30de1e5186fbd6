/** Experiments that were left unfinished, each with a way to continue. */
import { useState, type ReactNode } from "react";
import type { LabModel } from "../engine/models";
import { unfinishedState, unfinishedTitle } from "../run/unfinished-words";
import { useSession } from "../view/services";

interface Props {
  readonly models: readonly LabModel[];
  /** During a run no other can continue. */
  readonly running: boolean;
  readonly onOpened: () => void;
}

export function UnfinishedRuns({ models, running, onOpened }: Props): ReactNode {
  const { leftRuns, continueRun, forgetRun } = useSession();
  const [runs, setRuns] = useState(leftRuns);
  if (runs.length === 0) return null;
  return (
    <section aria-labelledby="unfinished-title">
      <h3 id="unfinished-title">Unfinished</h3>
      <ul className="library-unfinished">
        {runs.map((run) => {
          const title = unfinishedTitle(run, models);
          return (
            <li key={`${run.key} ${String(run.only)}`} aria-label={title}>
              <span>
                {title} <span className="hint">· {unfinishedState(run)}</span>
              </span>
              <span className="buttons">
                <button
                  type="button"
                  disabled={running}
                  onClick={() => {
                    continueRun(run);
                    onOpened();
                  }}
                >
                  Continue<span className="visually-hidden"> {title}</span>
                </button>
                <button
                  type="button"
                  className="quiet"
                  onClick={() => {
                    forgetRun(run);
                    setRuns(leftRuns());
                  }}
                >
                  Remove<span className="visually-hidden"> {title} from this list</span>
                </button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
