/** A plot of layers that stands alone: in a frame, or next to a table. */
import type { ReactNode } from "react";
import { AxisNames } from "./AxisNames";
import type { LayerAxis, LayerPlot } from "./layer-plot";
import { PlotArea } from "./PlotArea";
import { Strip } from "./Strip";

interface Props {
  readonly plot: LayerPlot;
  readonly axis: LayerAxis;
}

/** In a frame of 640 px or more. */
const text = { line: 6.4, letter: 1.1 };

const noActions = {
  main: 0,
  choose: () => undefined,
  hide: () => undefined,
  raise: () => undefined,
};

export function PlainPlot({ plot, axis }: Props): ReactNode {
  // Names that nothing can be done with are no buttons.
  const named = <T extends { readonly labels: LayerPlot["labels"] }>(part: T): T => ({
    ...part,
    labels: part.labels.map((label) => ({ ...label, curve: null })),
  });
  const shared = { axis, layer: null, raised: null, actions: noActions };
  return (
    <div className="picture plain">
      {plot.strip && <Strip strip={named(plot.strip)} {...shared} />}
      <PlotArea plot={named(plot)} {...shared} className="plot-penalty" text={text} />
      <AxisNames axis={axis} layer={null} />
    </div>
  );
}
