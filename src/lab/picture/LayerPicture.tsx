/**
 * The picture: both networks, penalty and similarity on one layer axis. Pointing at any part of it,
 * dragging, or moving the stitch by keyboard moves one cursor through all of them.
 */
import { useMemo, type PointerEvent, type ReactNode } from "react";
import { sitesOf } from "../../experiment/sites";
import type { Spec } from "../../experiment/spec";
import { curveResults, type Results } from "../session/results/results";
import { useInspect, useLayer } from "../view/result-contexts";
import { useViewState } from "../view/services";
import { AxisNames } from "./plots/AxisNames";
import type { CurveActions } from "./plots/CurveLabels";
import { blocksOfPair, nearestBlock } from "./drawing-geometry";
import { slotPercent } from "./plots/layer-plot";
import { NetworksDrawing } from "./NetworksDrawing";
import type { PictureModel } from "./model/picture-model";
import { PlotArea } from "./plots/PlotArea";
import { Strip } from "./plots/Strip";
import { NoteLines } from "./plots/PlotNotes";
import { nearestPoint } from "./plots/nearest-point";
import { targetWords } from "../format/target-words";
import { valueText } from "./StitchSentence";

interface Props {
  readonly spec: Spec;
  readonly model: PictureModel;
  readonly results: Results;
  readonly actions: CurveActions;
  readonly raised: number | null;
  /** Heads of the two plots, with their controls. */
  readonly penaltyHead: ReactNode;
  readonly similarityHead: ReactNode;
  readonly probesHead: ReactNode;
  /** Opens the view of what the stitch does; null where there is no stitch. */
  readonly onSeeStitch: (() => void) | null;
  readonly shows: {
    readonly drawing: boolean;
    readonly plots: boolean;
    readonly similarity: boolean;
    /** Whether its place is still empty. */
    readonly similarityLater: boolean;
  };
}

export function LayerPicture(props: Props): ReactNode {
  const { spec, model, results, actions, raised, shows, onSeeStitch } = props;
  const { axis, main, penalty, similarity, probes } = model;
  const { layer, choose, pointAt } = useLayer();
  const inspect = useInspect();
  const { pair } = main;
  const blocks = useMemo(() => pair && blocksOfPair(pair, axis), [pair, axis]);
  const places = useMemo(
    () => pair && sitesOf(pair.bottom.architecture, pair.top.architecture, spec.layout),
    [pair, spec.layout],
  );
  const asked = useMemo(() => main.rows.map(({ site }) => site), [main]);
  // Letters grow in a presentation more than the plots do.
  const presented = useViewState().view.mode === "present";
  const words = targetWords(spec);
  const row = main.rows.find(({ site }) => site === layer);
  const place = layer === null ? undefined : places?.[layer];
  const own = curveResults(results, main.index);
  const perturbation = spec.curves[main.index]?.perturbation ?? "none";

  /** The site at a pointer; null next to the axis. */
  function siteAt(event: PointerEvent): number | null {
    const inner = insideOf(event);
    if (inner === null) return null;
    const { x, y, drawing } = inner;
    // Names at the right are buttons of their own.
    if (x < 0 || x > 100) return null;
    const below = drawing && y > 50;
    if (!blocks || !places) return nearestAsked(x);
    const tap = nearestBlock(below ? blocks.bottom : blocks.top, x)?.tap;
    const meets = (site: number): boolean => {
      const other = places[site];
      return other !== undefined && (below ? other.bottomTap : other.topTap) === tap;
    };
    const meeting = asked.filter(meets);
    // In a grid, the one whose other end stays.
    const same = meeting.find((site) => {
      const other = places[site];
      return below ? other?.topTap === place?.topTap : other?.bottomTap === place?.bottomTap;
    });
    return same ?? meeting[0] ?? nearestAsked(x);
  }
  function nearestAsked(x: number): number | null {
    const distance = (site: number): number =>
      Math.abs(slotPercent(places?.[site]?.topTap ?? site, axis) - x);
    const [first, ...rest] = asked;
    if (first === undefined) return null;
    return rest.reduce((a, b) => (distance(b) < distance(a) ? b : a), first);
  }
  const follow = (event: PointerEvent): void => {
    const site = siteAt(event);
    pointAt(site);
    if (site !== null && event.buttons > 0) choose(site);
  };
  const look = inspect && row?.penalty ? { curve: main.index, site: row.site } : null;
  const plots = { axis, layer, raised, actions };
  const letter = presented ? 1.05 : 0.8;
  const tapInView = place?.topTap ?? layer;
  const cursor = tapInView === null ? undefined : slotPercent(tapInView, axis);

  return (
    <div
      className="picture"
      onPointerDown={follow}
      onPointerMove={follow}
      onPointerLeave={() => pointAt(null)}
      onClick={(event) => {
        const isIn = (plot: string): boolean =>
          event.target instanceof Element && event.target.closest(plot) !== null;
        // A probe is of no stitch.
        if (isIn(".plot-probes")) return;
        const found = nearestPoint(event, isIn(".plot-similarity") ? similarity : penalty, axis);
        if (found) inspect?.(found);
      }}
    >
      {shows.drawing && pair && blocks && places && layer !== null && (
        <NetworksDrawing
          {...{ pair, blocks, places, asked, layer, perturbation }}
          onLayer={(next) => {
            pointAt(null);
            choose(next);
          }}
          onInspect={look && (() => inspect?.(look))}
          onSeeStitch={onSeeStitch}
          valueText={valueText(place?.name ?? "", row, words, perturbation)}
          words={words}
          top={own.top}
          bottom={own.bottom}
        />
      )}
      <AxisNames axis={axis} layer={tapInView} />
      {shows.plots && (
        <>
          {props.penaltyHead}
          {penalty.strip && <Strip strip={penalty.strip} {...plots} />}
          <PlotArea
            plot={penalty}
            {...plots}
            className="plot-penalty"
            text={{ line: presented ? 8.6 : 6.4, letter }}
          />
          <NoteLines notes={penalty.notes} />
          {/* A slide has room for two plots: where there are probes, it is about them. */}
          {shows.similarity && !shows.similarityLater && !(presented && probes) && (
            <>
              {props.similarityHead}
              <PlotArea
                plot={similarity}
                {...plots}
                className="plot-similarity"
                text={{ line: presented ? 18 : 14, letter }}
              />
              <NoteLines notes={similarity.notes} />
            </>
          )}
          {shows.similarity && !shows.similarityLater && probes && (
            <>
              {props.probesHead}
              <PlotArea
                plot={probes}
                {...plots}
                className="plot-probes"
                text={{ line: presented ? 18 : 14, letter }}
              />
            </>
          )}
        </>
      )}
      {cursor !== undefined && (
        <div className="picture-cursor" aria-hidden="true">
          <span style={{ left: `${cursor}%`, width: `${100 / axis.slots}%` }} />
        </div>
      )}
    </div>
  );
}

/** Where a pointer is within the part of the picture below it, in percent; null over no part. */
function insideOf({ target, clientX, clientY }: PointerEvent): {
  readonly x: number;
  readonly y: number;
  readonly drawing: boolean;
} | null {
  if (!(target instanceof Element)) return null;
  const plot = target.closest(".plot");
  const inner = plot?.querySelector(".plot-inner")?.getBoundingClientRect();
  if (!plot || !inner) return null;
  return {
    x: (100 * (clientX - inner.left)) / inner.width,
    y: (100 * (clientY - inner.top)) / inner.height,
    drawing: plot.classList.contains("drawing"),
  };
}
