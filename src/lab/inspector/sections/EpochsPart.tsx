/** How layers that are trained from scratch come to answer, epoch by epoch. */
import type { ReactNode } from "react";
import type { ErrorByEpoch } from "../../../experiment/report";
import { count } from "../../format/numbers";
import { accuracyChart } from "../charts/descriptions";
import { StepChart } from "../charts/StepChart";
import { Section } from "./Section";

interface Props {
  readonly learned: ErrorByEpoch;
  /** How many the network tells apart. */
  readonly classes: number;
}

export function EpochsPart({ learned: { images, errors }, classes }: Props): ReactNode {
  const points = errors.map((error, index) => ({ epoch: index + 1, accuracy: 1 - error }));
  return (
    <Section title="Test accuracy by epoch">
      <StepChart chart={accuracyChart(points, 1 / classes)} />
      <p>
        After each epoch, on the first {count(images)} test images. There is no stitch here: the
        bottom stays as it is, and the layers above it are trained from random weights.
      </p>
    </Section>
  );
}
