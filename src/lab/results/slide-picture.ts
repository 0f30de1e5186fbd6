/** What the picture shows at each step of a slide. */
import type { Row } from "../session/results/rows";
import type { SlideStep } from "../view/slide-steps";
import type { CurveView } from "../picture/model/curve-views";

export interface SlidePicture {
  /** The curves; those that are not shown yet are without their results. */
  readonly curves: readonly CurveView[];
  /** Indices of the curves that are not shown yet. */
  readonly hidden: ReadonlySet<number>;
  /** Whether controls have the scale to themselves, since nothing else is shown. */
  readonly oneScale: boolean;
  /** Whether similarity is shown; its place is there from the first step on. */
  readonly similarity: boolean;
}

export function slidePicture(
  step: SlideStep | null,
  curves: readonly CurveView[],
  main: number,
): SlidePicture {
  const later = curves.filter(({ index, control }) => {
    if (step === "question") return true;
    return step === "control" && (!control || index === main);
  });
  const hidden = new Set(later.map(({ index }) => index));
  return {
    curves: curves.map((view) =>
      hidden.has(view.index) ? { ...view, rows: view.rows.map(withoutResult) } : view,
    ),
    hidden,
    oneScale: step === "control",
    similarity: step === null || step === "similarity" || step === "claim",
  };
}

function withoutResult({ site, name }: Row): Row {
  return {
    site,
    name,
    penalty: null,
    leastSquares: null,
    similarity: { status: "waiting" },
    similarityNull: null,
    training: null,
    failure: null,
  };
}
