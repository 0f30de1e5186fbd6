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
  if (offer === null || bench === null || mode !== "page") return null;
  return (
    <section className="notice notice-happened" aria-label="Unfinished experiment">
      <p>
        Unfinished: {unfinishedTitle(offer, bench.models)}. {unfinishedState(offer)}.
      </p>
      <div className="buttons">
        <button type="button" onClick={() => continueRun(offer)}>
          Continue
        </button>
        <button type="button" className="quiet" onClick={dismissOffer}>
          Dismiss
        </button>
      </div>
    </section>
  );
}
