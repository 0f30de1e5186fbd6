/**
 * How far a stitched network is from what its top represents itself, at the stitch and every layer
 * after it, next to the experiment's other curves.
 */
import type { ReactNode } from "react";
import { usualOutside } from "../../../core/stitched/out-of-distribution";
import type { Departure } from "../../../experiment/departure";
import { count, percent } from "../../format/numbers";
import { travelChart, type Travel } from "../charts/descriptions";
import { StepChart } from "../charts/StepChart";
import { Section } from "./Section";

interface Props {
  readonly departure: Departure;
  /** Of this stitch first, then of the same layer in other curves of the same top. */
  readonly travels: readonly Travel[];
  /** Names of the top's layers, from the stitch on. */
  readonly layers: readonly string[];
}

export function TravelPart({ departure, travels, layers }: Props): ReactNode {
  const { outsideAtSite, outsideAtPenultimate, images } = departure;
  const share = (value: number | null): string => (value === null ? "undefined" : percent(value));
  return (
    <Section title="Distance along the top’s later layers">
      <StepChart chart={travelChart(travels, layers)} />
      <p>
        Squared distance from what the top has itself at each layer, in units of its variance: 0 is
        the same, 1 as far as its mean.
        {travels.length > 1 && " Dashed: the other curves’ stitches at this layer."}
      </p>
      <p>
        <strong>{share(outsideAtSite)}</strong> of {count(images)} test images lie outside of the
        top’s distribution at the stitch, <strong>{share(outsideAtPenultimate)}</strong> at its last
        layer; of the top’s own, {percent(usualOutside)}.
      </p>
    </Section>
  );
}
