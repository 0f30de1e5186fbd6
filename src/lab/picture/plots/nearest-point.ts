/** The point of a curve that is pressed. */
import type { MouseEvent } from "react";
import type { StitchRef } from "../../../engine/host/inspect";
import { slotPercent, valuePercent, type LayerAxis, type LayerPlot } from "./layer-plot";

/** In CSS pixels, from a point's middle. */
const reach = 12;

export function nearestPoint(
  { target, clientX, clientY }: Pick<MouseEvent, "target" | "clientX" | "clientY">,
  plot: LayerPlot,
  axis: LayerAxis,
): StitchRef | null {
  if (!(target instanceof Element) || target.closest("button, select, a") !== null) return null;
  const area = target.closest<HTMLElement>(".plot");
  const box = area?.querySelector(".plot-inner")?.getBoundingClientRect();
  if (!area || !box) return null;
  // A row of triangles is one curve's, and its heights mean nothing.
  const { rowOf } = area.dataset;
  const strip = rowOf !== undefined || area.classList.contains("plot-strip") ? plot.strip : null;
  const { curves, domain } = strip ?? plot;
  const found = curves
    .filter(({ marker, index }) =>
      rowOf === undefined ? marker === "dot" : String(index) === rowOf,
    )
    .flatMap(({ index, points }) =>
      points.flatMap(({ at, value, site }) => {
        if (value === null) return [];
        const x = box.left + (slotPercent(at, axis) / 100) * box.width;
        const y = box.top + (Math.max(0, valuePercent(value, domain)) / 100) * box.height;
        const down = rowOf === undefined ? y - clientY : 0;
        return [{ curve: index, site, distance: Math.hypot(x - clientX, down) }];
      }),
    )
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance);
  const [nearest] = found;
  return nearest ? { curve: nearest.curve, site: nearest.site } : null;
}
