/** The way into the presentation, by button and by the key P; within it, its keys. */
import { lazy, type ReactNode } from "react";
import { isPresentKey } from "./present-keys";
import { LazyBoundary } from "../ui/LazyBoundary";
import { IfVisible } from "../view/IfVisible";
import { usePageKey } from "../ui/use-page-key";
import { usePartVisible, useViewState, useViewStore } from "../view/view-context";

const Presenting = lazy(() => import("./Presenting"));

export function Present(): ReactNode {
  const { show } = useViewStore();
  const { mode } = useViewState().view;
  const letters = usePartVisible("keys");
  const presented = mode === "present";
  usePageKey((event) => {
    if (!letters || !isPresentKey(event)) return false;
    show({ mode: presented ? "page" : "present" });
    return true;
  });
  if (presented) {
    return (
      <LazyBoundary name="the presentation shortcuts" unseen>
        <Presenting />
      </LazyBoundary>
    );
  }
  return (
    <IfVisible part="present">
      <button
        type="button"
        title="For a projector (P)"
        onClick={() => {
          show({ mode: "present" });
        }}
      >
        Present
      </button>
    </IfVisible>
  );
}
