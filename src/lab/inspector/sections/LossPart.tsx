/** The loss while the stitch was trained. */
import type { ReactNode } from "react";
import { lossPoints } from "../../../core/stitch/training/loss-curve";
import type { Inspection } from "../../../engine/host/inspect";
import { hasCrossEntropy, type ObjectiveName } from "../../../experiment/objective";
import type { SiteResult } from "../../../experiment/report";
import { crossEntropyWords, lossChart } from "../charts/descriptions";
import { StepChart } from "../charts/StepChart";
import { count } from "../../format/numbers";
import { Section } from "./Section";

interface Props {
  readonly inspection: Inspection;
  readonly result: SiteResult;
  /** What the stitch was trained for. */
  readonly objective: ObjectiveName;
}

export function LossPart({ inspection, result, objective }: Props): ReactNode {
  const { lossCurve, top } = inspection;
  const { steps, refinement } = result;
  const isTask = hasCrossEntropy(objective);
  const words = isTask
    ? crossEntropyWords(top.classes)
    : { name: "mean distance, in variances", chance: Infinity };
  return (
    <Section title="Training loss">
      {lossCurve ? (
        <>
          <StepChart chart={lossChart(lossPoints(lossCurve), words)} />
          <p>
            {isTask ? "Mean cross-entropy in nats" : distanceWords(objective)} over{" "}
            {count(lossCurve.steps)} steps
            {lossCurve.stride > 1 && `, ${lossCurve.stride} per point`}.
            {isTask && " Dotted line: chance."}{" "}
            {refinement &&
              "Each training round starts from the best stitch so far; the curve jumps where a round was discarded."}
          </p>
        </>
      ) : (
        <p className="hint">
          {steps > 0
            ? "No losses stored: trained by an earlier version or resumed from a checkpoint."
            : "Closed-form stitch: not trained."}
        </p>
      )}
    </Section>
  );
}

/** What a loss without labels is, in units of the top's own variance. */
function distanceWords(objective: ObjectiveName): string {
  const where =
    objective === "functional"
      ? "summed over this layer and all later ones"
      : "at the top’s last layer";
  return `Mean squared distance from the top’s own representation, in units of its variance, ${where},`;
}
