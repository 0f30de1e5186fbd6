/** The loss while the stitch was trained. */
import type { ReactNode } from "react";
import { lossPoints } from "../../core/stitch/loss-curve";
import type { Inspection } from "../../engine/host/inspect";
import type { SiteResult } from "../../experiment/report";
import { lossChart } from "./charts/descriptions";
import { LossChart } from "./charts/LossChart";
import { count } from "../format/numbers";
import { Section } from "./Section";

interface Props {
  readonly inspection: Inspection;
  readonly result: SiteResult;
}

export function LossPart({ inspection, result }: Props): ReactNode {
  const { lossCurve, top } = inspection;
  const { steps, refinement } = result;
  return (
    <Section title="Loss while training">
      {lossCurve ? (
        <>
          <LossChart chart={lossChart(lossPoints(lossCurve), Math.log(top.classes))} />
          <p>
            Mean cross-entropy in nats over {count(lossCurve.steps)} steps
            {lossCurve.stride > 1 && `, ${String(lossCurve.stride)} to a point`}. The dotted line is
            guessing.{" "}
            {refinement &&
              "It is trained in rounds, each from the best stitch so far, so that the curve may jump where a round was thrown away."}
          </p>
        </>
      ) : (
        <p className="hint">
          {steps > 0
            ? "This stitch was trained by an earlier version of this page, or went on from its checkpoint, without its losses."
            : "Nothing was trained here: this stitch has a closed form."}
        </p>
      )}
    </Section>
  );
}
