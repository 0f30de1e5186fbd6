/** Names of curves beside their ends, so that no one has to go back and forth between lines and legend. */
import type { ReactNode } from "react";
import { usePlotArea, useYAxisScale } from "recharts";
import { EndNames, type CurveEnd } from "./EndNames";

interface Props {
  readonly ends: readonly CurveEnd[];
  /** Of the first curve. */
  readonly colour: string;
}

export function DirectLabels({ ends, colour }: Props): ReactNode {
  const plot = usePlotArea();
  const y = useYAxisScale();
  if (!plot || !y) return null;
  const { x, width, height } = plot;
  return (
    <EndNames {...{ ends, colour, y }} right={x + width} top={plot.y} bottom={plot.y + height} />
  );
}
