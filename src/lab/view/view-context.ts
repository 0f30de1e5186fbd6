/** How views know in which view of the page they are. */
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Part } from "./parts";
import { hiddenParts } from "./view";
import type { ViewState, ViewStore } from "./view-store";

export const ViewContext = createContext<ViewStore | null>(null);

export function useViewStore(): ViewStore {
  const store = useContext(ViewContext);
  if (store === null) throw new Error("no view store around this view");
  return store;
}

export function useViewState(): ViewState {
  const { subscribe, getSnapshot } = useViewStore();
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

/** Whether a part of the page is not hidden. */
export function usePartVisible(part: Part): boolean {
  return !hiddenParts(useViewState().view).includes(part);
}
