/** What the charts of layers look like before they can be used. */
import type { Tap } from "../../core/nets/architecture";
import { plainTick, signedTick } from "./charts/axes";
import { penaltyScale, similarityScale } from "./charts/layer-scales";
import { pointsAsked, type ChartPoint } from "./charts/chart-data";
import { layersNamed } from "./charts/layer-axis";
import type { PenaltyChartProps } from "./charts/PenaltyChart";
import type { SimilarityChartProps } from "./charts/SimilarityChart";
import type { StaticPicture, StaticPoint } from "./charts/StaticChart";

export function penaltyPicture(props: PenaltyChartProps): StaticPicture {
  const { sites, points, others, label, trained, errorDifference } = props;
  const level = (value: number): StaticPoint[] =>
    points.map(({ site }): StaticPoint => ({ at: site, value }));
  return {
    ...{ others, label },
    names: namesOf(sites, points),
    layers: sites.length,
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
              values: pointsOf(points, ({ leastSquares }) => leastSquares),
            },
          ]
        : []),
      {
        ...{ colour: "var(--stitch)", width: 2.5, dots: true },
        values: pointsOf(points, ({ penalty, leastSquares }) => penalty ?? leastSquares),
      },
    ],
  };
}

export function similarityPicture(props: SimilarityChartProps): StaticPicture {
  const { sites, points, others, label } = props;
  return {
    ...{ others, label },
    names: namesOf(sites, points),
    layers: sites.length,
    scale: similarityScale(points, others),
    tickText: plainTick,
    curves: [
      {
        ...{ colour: "var(--muted)", width: 1.5, dashes: "2 4", dots: false },
        values: pointsOf(points, ({ chance }) => chance),
      },
      {
        ...{ colour: "var(--similarity)", width: 2.5, dots: true },
        values: pointsOf(points, ({ similarity }) => similarity),
      },
    ],
  };
}

function namesOf(sites: readonly Tap[], points: readonly ChartPoint[]): StaticPicture["names"] {
  return layersNamed(points).map((at) => ({ at, name: sites[at]?.name ?? "" }));
}

function pointsOf(
  points: readonly ChartPoint[],
  value: (point: ChartPoint) => number | null,
): StaticPoint[] {
  return pointsAsked(points).map((point) => ({ at: point.site, value: value(point) }));
}
