/** How layers that are trained from scratch come to answer, epoch by epoch. */
import type { ReactNode } from "react";
import type { ErrorByEpoch } from "../../experiment/report";
import { count } from "../format/numbers";
import { epochChart } from "./charts/descriptions";
import { StepChart } from "./charts/StepChart";
import { Section } from "./Section";

export function EpochsPart({ images, errors }: ErrorByEpoch): ReactNode {
  return (
    <Section title="Test error by epoch">
      <StepChart chart={epochChart(errors)} />
      <p>
        After each epoch, on the first {count(images)} test images. There is no stitch here: the
        bottom stays as it is, and the layers above it are trained from random weights.
      </p>
    </Section>
  );
}
