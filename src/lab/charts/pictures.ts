/** What the charts of layers look like before they can be used. */
import { plainTick, signedTick } from "./axes";
import { penaltyScale, similarityScale } from "./layer-scales";
import type { PenaltyChartProps } from "./PenaltyChart";
import type { SimilarityChartProps } from "./SimilarityChart";
import type { StillPicture } from "./StillChart";

export function penaltyPicture(props: PenaltyChartProps): StillPicture {
  const { taps, points, others, label, trained, errorDifference } = props;
  const level = (value: number): number[] => taps.map(() => value);
  return {
    ...{ others, label },
    names: taps.map(({ name }) => name),
    scale: penaltyScale(points, others, errorDifference),
    tickText: signedTick,
    curves: [
      { colour: "var(--top)", width: 2, dots: false, values: level(0) },
      ...(errorDifference === null
        ? []
        : [
            {
              ...{ colour: "var(--bottom)", width: 2, dashes: "7 5", dots: false },
              values: level(errorDifference),
            },
          ]),
      ...(trained
        ? [
            {
              ...{ colour: "var(--stitch-light)", width: 2, dashes: "2 4", dots: true },
              values: points.map(({ leastSquares }) => leastSquares),
            },
          ]
        : []),
      {
        ...{ colour: "var(--stitch)", width: 2.5, dots: true },
        values: points.map(({ penalty, leastSquares }) => penalty ?? leastSquares),
      },
    ],
  };
}

export function similarityPicture(props: SimilarityChartProps): StillPicture {
  const { taps, points, others, label } = props;
  return {
    ...{ others, label },
    names: taps.map(({ name }) => name),
    scale: similarityScale(points, others),
    tickText: plainTick,
    curves: [
      {
        ...{ colour: "var(--muted)", width: 1.5, dashes: "2 4", dots: false },
        values: points.map(({ chance }) => chance),
      },
      {
        ...{ colour: "var(--similarity)", width: 2.5, dots: true },
        values: points.map(({ similarity }) => similarity),
      },
    ],
  };
}
