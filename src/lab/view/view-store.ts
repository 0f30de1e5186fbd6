/** Holds the view. The address's query follows it. */
import type { AddressProblem } from "../../experiment/address/address";
import type { QueryBar } from "../session/address/address-bar";
import { createStore, type Store } from "../session/store";
import type { SlideStep } from "./slide-steps";
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
  /** How far the slide of a presentation has built up; null before the first step. */
  readonly slide: Slide | null;
  /** Opens the export of the results that are shown; null where there are none. */
  readonly openExport: (() => void) | null;
}

/** A step of one experiment's slide: another experiment begins at its first. */
export interface Slide {
  /** Its address. */
  readonly experiment: string;
  readonly step: SlideStep;
}

export interface ViewStore extends Store<ViewState> {
  readonly show: (change: Partial<View>) => void;
  readonly goTo: (slide: Slide) => void;
  /** @param experiment its address */
  readonly reveal: (experiment: string) => void;
  /** @returns withdraws the offer */
  readonly offerExport: (open: () => void) => () => void;
  readonly dismissProblems: () => void;
}

export function createViewStore(bar: QueryBar): ViewStore {
  const store = createStore<ViewState>({
    ...readView(bar.query()),
    revealed: null,
    slide: null,
    openExport: null,
  });

  function change(next: ViewState): void {
    // What was typed stays until the visitor has dismissed its problems.
    if (next.problems.length === 0) bar.replaceQuery(writeView(next.view));
    store.set(next);
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    show(changed) {
      const state = store.getSnapshot();
      // A new prediction covers the result again.
      const revealed = changed.predict === true ? null : state.revealed;
      change({ ...state, view: { ...state.view, ...changed }, revealed });
    },
    goTo(slide) {
      change({ ...store.getSnapshot(), slide });
    },
    reveal(experiment) {
      change({ ...store.getSnapshot(), revealed: experiment });
    },
    offerExport(openExport) {
      store.set({ ...store.getSnapshot(), openExport });
      return () => {
        const state = store.getSnapshot();
        if (state.openExport === openExport) store.set({ ...state, openExport: null });
      };
    },
    dismissProblems() {
      change({ ...store.getSnapshot(), problems: [] });
    },
  };
}
