/**
 * The way into the presentation, by button and by the key P, and the presentation itself. The key Z
 * works on every page.
 */
import type { ReactNode } from "react";
import { pageAction } from "./present-keys";
import { lazyPart } from "../ui/lazy-part";
import { IfVisible, usePartVisible, useViewState, useViewStore } from "../view/services";
import { usePageKey } from "../ui/use-page-key";

const Presenting = lazyPart("the presentation shortcuts", () => import("./Presenting"), {
  fallback: null,
});

export function Present(): ReactNode {
  const { show } = useViewStore();
  const { mode, oneScale } = useViewState().view;
  const letters = usePartVisible("keys");
  const presented = mode === "present";
  usePageKey((event) => {
    const action = letters ? pageAction(event, presented) : null;
    if (action === "present") show({ mode: presented ? "page" : "present" });
    if (action === "scale") show({ oneScale: !oneScale });
    // The picture opens the stitch, where there is one.
    return action === "present" || action === "scale";
  });
  if (presented) {
    return <Presenting />;
  }
  return (
    <IfVisible part="present">
      <button
        type="button"
        title="Show on a projector (P)"
        onClick={() => show({ mode: "present" })}
      >
        Present
      </button>
    </IfVisible>
  );
}
