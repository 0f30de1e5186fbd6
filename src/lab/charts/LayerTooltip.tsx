/** Everything known at the layer under the pointer. */
import type { ReactNode } from "react";
import { ckaText } from "../views/words";
import type { ChartPoint } from "./chart-data";

interface Props {
  readonly points: readonly ChartPoint[];
  readonly trained: boolean;
  /** Given by recharts. */
  readonly active?: boolean;
  readonly label?: string | number;
}

export function LayerTooltip({ points, trained, active, label }: Props): ReactNode {
  const point = points[Number(label ?? -1)];
  if (active !== true || point === undefined || point.name === "") return null;
  const { name, penalty, standardError, leastSquares, cka, ckaUndefined } = point;
  return (
    <div className="layer-tooltip">
      <strong>{name}</strong>
      {penalty !== null && standardError !== null && (
        <span>
          penalty {tenths(penalty)} ± {standardError.toFixed(1)} points
        </span>
      )}
      {trained && leastSquares !== null && <span>least squares {tenths(leastSquares)} points</span>}
      {cka !== null && <span>CKA {ckaText(cka)}</span>}
      {ckaUndefined && <span>CKA undefined</span>}
    </div>
  );
}

function tenths(value: number): string {
  return value.toFixed(1).replace("-", "−");
}
