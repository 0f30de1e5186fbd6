/** Over a slide, the keys of a presentation work in the view: layers, and on with the slide. */
import { useEffect, useEffectEvent, type ReactNode } from "react";
import { presentAction } from "../present/present-keys";
import { useViewState } from "../view/services";

interface Props {
  readonly onLayer: (by: 1 | -1) => void;
  /** Closes the view. */
  readonly onStep: () => void;
}

export function SlideKeys({ onLayer, onStep }: Props): ReactNode {
  const presented = useViewState().view.mode === "present";
  const onPress = useEffectEvent((event: KeyboardEvent): void => {
    const action = presented && !event.defaultPrevented ? presentAction(event, false) : null;
    if (action?.type === "step") onStep();
    // A slider and a choice move by arrows on their own.
    else if (action?.type === "layer" && !(event.target instanceof HTMLInputElement)) {
      onLayer(action.by);
    } else return;
    event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener("keydown", onPress);
    return () => window.removeEventListener("keydown", onPress);
  }, []);
  return null;
}
