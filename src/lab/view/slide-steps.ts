/**
 * The steps in which a figure builds up on its slide, in their order. A step that the figure does
 * not need is left out: without a prediction there is nothing to reveal.
 */
import { presets, type PresetName } from "../../experiment/figures";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { isControlCurve } from "../session/experiment/model-names";

export const slideSteps = [
  /** The question and the two networks. */
  "question",
  /** An empty chart to draw on. */
  "predict",
  /** What was drawn, and the result. */
  "reveal",
  /** The controls alone, such as untrained networks. */
  "control",
  /** All curves. */
  "curves",
  "similarity",
  /** The claim, and what to look for. */
  "claim",
] as const;

export type SlideStep = (typeof slideSteps)[number];

/** For people. */
export const stepNames: Readonly<Record<SlideStep, string>> = {
  question: "question",
  predict: "prediction",
  reveal: "prediction and result",
  control: "controls",
  curves: "all curves",
  similarity: "similarity",
  claim: "what to look for",
};

/**
 * Returns the steps of an experiment's slide. One that is no figure has no question and no claim, and
 * a grid has no curves: they have one step, with everything.
 */
export function stepsFor(
  spec: Spec,
  preset: PresetName | null,
  models: readonly LabModel[],
  predict: boolean,
): readonly SlideStep[] {
  const isControl = spec.curves.map((curve) => isControlCurve(curve, models));
  const { main = 0 }: { readonly main?: number } = preset === null ? {} : presets[preset];
  const controlled = isControl.some((control, index) => control && index !== main);
  const only: readonly SlideStep[] =
    preset === null || spec.layout === "grid" ? ["similarity"] : slideSteps;
  const predicted = predict && spec.layout === "diagonal";
  return slideSteps.filter((step) => {
    if (step === "predict" || step === "reveal") return predicted;
    return only.includes(step) && (step !== "control" || controlled);
  });
}

/** Returns a step, or the next one that there is where the slide no longer has it. */
export function stepAmong(steps: readonly SlideStep[], wanted: SlideStep | null): SlideStep {
  const order = (step: SlideStep): number => slideSteps.indexOf(step);
  const first = wanted === null ? 0 : order(wanted);
  return steps.find((step) => order(step) >= first) ?? steps.at(-1) ?? "claim";
}
