/** How layers that are trained from scratch come to answer, epoch by epoch. */
import type { ReactNode } from "react";
import type { ErrorByEpoch } from "../../../experiment/report";
import { count } from "../../format/numbers";
import { accuracyChart, type EpochPoint } from "../charts/descriptions";
import { StepChart } from "../charts/StepChart";
import { Section } from "./Section";

interface Props {
  readonly learned: ErrorByEpoch;
  /** Of the top, where it was trained here. */
  readonly top: ErrorByEpoch | undefined;
  /** How many the network tells apart. */
  readonly classes: number;
}

export function EpochsPart({ learned, top, classes }: Props): ReactNode {
  const beside = top && {
    name: "bottom frozen",
    its: "the top: all layers trained",
    points: pointsOf(top),
  };
  return (
    <Section title="Test accuracy by epoch">
      <StepChart chart={accuracyChart(pointsOf(learned), 1 / classes, beside)} />
      <p>
        After each epoch, on the first {count(learned.images)} test images. There is no stitch here:
        the bottom stays as it is, and the layers above it are trained from random weights.
        {top && (
          <>
            {" "}
            Dashed: the top itself, all of whose layers were trained, on the first{" "}
            {count(top.images)} test images.
          </>
        )}
      </p>
    </Section>
  );
}

function pointsOf({ errors }: ErrorByEpoch): EpochPoint[] {
  return errors.map((error, index) => ({ epoch: index + 1, accuracy: 1 - error }));
}
