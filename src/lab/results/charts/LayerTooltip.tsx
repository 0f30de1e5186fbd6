/** What a chart shows at the layer under the pointer, in numbers. */
import type { ReactNode } from "react";
import { similarityText, signedPoints } from "../../format/numbers";
import type { ChartPoint } from "./chart-data";

/** What recharts adds to a tooltip's content. */
interface Hovered {
  readonly active?: boolean;
  /** The site's number. */
  readonly label?: string | number;
}

interface Props extends Hovered {
  readonly points: readonly ChartPoint[];
  /** Of the first curve, which it tells of, where there are others. */
  readonly curve: string | null;
}

export function PenaltyTooltip(props: Props & { readonly trained: boolean }): ReactNode {
  const point = pointUnder(props);
  if (point === null) return null;
  const { name, penalty, standardError, leastSquares } = point;
  return (
    <div className="layer-tooltip">
      <strong>{name}</strong>
      {props.curve !== null && <span>{props.curve}</span>}
      {penalty !== null && (
        <span>
          {signedPoints(penalty / 100)} ± {(standardError ?? 0).toFixed(1)} points
        </span>
      )}
      {props.trained && leastSquares !== null && (
        <span>least squares {signedPoints(leastSquares / 100)}</span>
      )}
    </div>
  );
}

export function SimilarityTooltip(props: Props): ReactNode {
  const point = pointUnder(props);
  if (point === null) return null;
  const { name, similarity, similarityUndefined, chance } = point;
  return (
    <div className="layer-tooltip">
      <strong>{name}</strong>
      {props.curve !== null && <span>{props.curve}</span>}
      {similarity !== null && <span>similarity {similarityText(similarity)}</span>}
      {similarityUndefined && <span>undefined</span>}
      {chance !== null && <span>by chance {similarityText(chance)}</span>}
    </div>
  );
}

function pointUnder({ active, label, points }: Props): ChartPoint | null {
  const point = points[Number(label ?? -1)];
  // A layer that was not asked for has nothing to tell.
  return active === true && point !== undefined && point.name !== "" ? point : null;
}
