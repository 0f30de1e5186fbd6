/** What stitches with fewer connections cost at this layer, where the experiment has any. */
import type { ReactNode } from "react";
import { deviation, shareText, signedPoints } from "../../format/numbers";
import type { TargetWords } from "../../format/target-words";
import { shareChart } from "./sweep-charts";
import { StepChart } from "../charts/StepChart";
import { Section } from "./Section";
import type { ShareResult } from "./sweeps";

interface Props {
  /** The smallest share first. */
  readonly swept: readonly ShareResult[];
  readonly words: TargetWords;
}

export function SharePart({ swept, words }: Props): ReactNode {
  if (swept.length < 2 || swept.every(({ share }) => share === 1)) return null;
  return (
    <Section title={`${words.name} by share of connections`}>
      <StepChart chart={shareChart(swept, words.name)} />
      <p>
        {swept
          .map(
            ({ share, result }) =>
              `${shareText(share)}: ${signedPoints(result.penalty)}${deviation(result.penaltyStandardError)}`,
          )
          .join("; ")}{" "}
        points, by the share of the stitch’s weights that are kept. The others are pruned in rounds
        while the stitch trains, the smallest first, and are exactly 0.
      </p>
    </Section>
  );
}
