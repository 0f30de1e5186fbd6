/** Holds the view and tells who listens; the address's query follows it. */
import type { AddressProblem } from "../../experiment/address";
import type { QueryBar } from "./address-bar";
import { readView, writeView, type View } from "./view";

export interface ViewState {
  readonly view: View;
  /** What could not be read of the query, until dismissed. */
  readonly problems: readonly AddressProblem[];
}

export interface ViewStore {
  readonly getSnapshot: () => ViewState;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  readonly show: (change: Partial<View>) => void;
  readonly dismissProblems: () => void;
}

export function createViewStore(bar: QueryBar): ViewStore {
  let state: ViewState = readView(bar.query());
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
      change({ ...state, view: { ...state.view, ...changed } });
    },
    dismissProblems() {
      change({ ...state, problems: [] });
    },
  };
}
