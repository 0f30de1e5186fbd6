/** The way into the presentation, by button and by the key P; within it, its keys. */
import type { ReactNode } from "react";
import { isPresentKey } from "./present-keys";
import { lazyPart } from "../ui/lazy-part";
import { IfVisible, usePartVisible, useViewState, useViewStore } from "../view/services";
import { usePageKey } from "../ui/use-page-key";

const Presenting = lazyPart("the presentation shortcuts", () => import("./Presenting"), {
  fallback: null,
});

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
    return <Presenting />;
  }
  return (
    <IfVisible part="present">
      <button type="button" title="For a projector (P)" onClick={() => show({ mode: "present" })}>
        Present
      </button>
    </IfVisible>
  );
}
