/** Offers to continue a run that an earlier visit left unfinished. */
import type { ReactNode } from "react";
import { workbenchOf } from "../session/state";
import { useLabState, useSession, useViewState } from "../view/services";
import { unfinishedState, unfinishedTitle } from "./unfinished-words";

export function UnfinishedNotice(): ReactNode {
  const state = useLabState();
  const { continueRun, dismissOffer } = useSession();
  const { mode } = useViewState().view;
  const { offer } = state;
  const bench = workbenchOf(state);
  if (offer === null || mode !== "page") return null;
  // Its place is kept from the start, so that nothing moves once the networks are known.
  const title = bench === null ? "an experiment" : unfinishedTitle(offer, bench.models);
  return (
    <section className="notice notice-happened" aria-label="Unfinished experiment">
      <p>
        Unfinished: {title}. {unfinishedState(offer)}.
      </p>
      <div className="buttons">
        <button type="button" disabled={bench === null} onClick={() => continueRun(offer)}>
          Continue
        </button>
        <button type="button" className="quiet" onClick={dismissOffer}>
          Dismiss
        </button>
      </div>
    </section>
  );
}
