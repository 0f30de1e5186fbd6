/** Holds the view and tells who listens; the address's query follows it. */
import type { AddressProblem } from "../../experiment/address";
import type { QueryBar } from "../session/address-bar";
import { readView, writeView, type View } from "./view";

export interface ViewState {
  readonly view: View;
  /** What could not be read of the query, until dismissed. */
  readonly problems: readonly AddressProblem[];
  /**
   * The address of the experiment whose result was revealed after a prediction; null while there is
   * none.
   */
  readonly revealed: string | null;
}

export interface ViewStore {
  readonly getSnapshot: () => ViewState;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  readonly show: (change: Partial<View>) => void;
  /** @param experiment its address */
  readonly reveal: (experiment: string) => void;
  readonly dismissProblems: () => void;
}

export function createViewStore(bar: QueryBar): ViewStore {
  let state: ViewState = { ...readView(bar.query()), revealed: null };
  const listeners = new Set<() => void>();

  function change(next: ViewState): void {
    state = next;
    // What was typed stays until the visitor has seen to it.
    if (state.problems.length === 0) bar.replaceQuery(writeView(state.view));
    for (const listener of listeners) listener();
  }

  return {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(changed) {
      // Whoever begins to predict again starts anew.
      const revealed = changed.predict === true ? null : state.revealed;
      change({ ...state, view: { ...state.view, ...changed }, revealed });
    },
    reveal(experiment) {
      change({ ...state, revealed: experiment });
    },
    dismissProblems() {
      change({ ...state, problems: [] });
    },
  };
}
