/** The loss while the stitch was trained. */
import type { ReactNode } from "react";
import { lossPoints } from "../../../core/stitch/training/loss-curve";
import type { Inspection } from "../../../engine/host/inspect";
import type { SiteResult } from "../../../experiment/report";
import { lossChart } from "../charts/descriptions";
import { StepChart } from "../charts/StepChart";
import { count } from "../../format/numbers";
import { Section } from "./Section";

interface Props {
  readonly inspection: Inspection;
  readonly result: SiteResult;
}

export function LossPart({ inspection, result }: Props): ReactNode {
  const { lossCurve, top } = inspection;
  const { steps, refinement } = result;
  return (
    <Section title="Training loss">
      {lossCurve ? (
        <>
          <StepChart chart={lossChart(lossPoints(lossCurve), Math.log(top.classes))} />
          <p>
            Mean cross-entropy in nats over {count(lossCurve.steps)} steps
            {lossCurve.stride > 1 && `, ${lossCurve.stride} per point`}. Dotted line: chance.{" "}
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
