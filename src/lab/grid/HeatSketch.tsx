/** A grid's penalties as a small drawing without names: rows are the bottom's layers. */
import type { ReactNode } from "react";
import type { CurveReport } from "../../experiment/report";
import { shadeAt } from "./heat-scale";
import { shadeStyle } from "./shade-style";

interface Props {
  readonly sites: CurveReport["sites"];
  /** Penalties of the first and the last shade, as fractions. */
  readonly range: readonly [number, number];
}

export function HeatSketch({ sites, range }: Props): ReactNode {
  const cells = sites.map(({ site, taps = [site, site] as const, penalty }) => ({
    site,
    bottom: taps[0],
    top: taps[1],
    style: shadeStyle("penalty", shadeAt(penalty, range)),
  }));
  const count = (side: "bottom" | "top"): number =>
    1 + cells.reduce((last, cell) => Math.max(last, cell[side]), 0);
  return (
    <svg
      className="heat-sketch"
      viewBox={`0 0 ${count("top")} ${count("bottom")}`}
      preserveAspectRatio="xMinYMid meet"
      shapeRendering="crispEdges"
      aria-hidden="true"
    >
      {cells.map(({ site, bottom, top, style }) => (
        <rect key={site} x={top} y={bottom} width="1" height="1" style={style} />
      ))}
    </svg>
  );
}
