/** Offers to compute the curves of which nothing is known. */
import type { ReactNode } from "react";
import { useRunTime } from "../run-time/use-run-time";
import { underWay, workbenchOf } from "../session/state";
import { useLabState, useSession } from "../view/services";
import type { CurveView } from "./model/curve-views";

interface Props {
  readonly curves: readonly CurveView[];
}

/** One button a curve, in a line of their own where they do not fit next to the heading. */
export function MissingCurves({ curves }: Props): ReactNode {
  const { runCurve } = useSession();
  const timeOf = useRunTime();
  const bench = workbenchOf(useLabState());
  const idle = bench !== null && underWay(bench.activity) === null;
  const unknown = curves.filter(({ rows }) =>
    rows.every((row) => row.penalty === null && row.failure === null),
  );
  // Where nothing is known at all, Run computes the whole experiment.
  if (!idle || unknown.length === curves.length) return null;
  // Where others are known, "Run this pair" computes the first one.
  const missing = unknown.filter(({ index }) => index !== 0);
  if (missing.length === 0) return null;
  const buttons = missing.map(({ index, name }) => {
    const time = timeOf(index);
    return (
      <button key={index} type="button" className="curve-chip" onClick={() => runCurve(index)}>
        Run “{name}”{time !== null && `, ${time}`}
      </button>
    );
  });
  return <div className="missing-curves">{buttons}</div>;
}
