/** The picture with its sentence, and the heads of its plots with their controls. */
import { useId, useMemo, useState, type ReactNode } from "react";
import { sitesOf } from "../../experiment/sites";
import type { Recorded } from "../../experiment/report";
import type { Spec } from "../../experiment/spec";
import { failureText } from "../format/errors";
import { targetWords } from "../format/target-words";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import type { LabModel } from "../engine/models";
import { pageAction } from "../present/present-keys";
import { SeeStitchDialog } from "../see-stitch/SeeStitchDialog";
import type { Results } from "../session/results/results";
import { usePageKey } from "../ui/use-page-key";
import { useLayer } from "../view/result-contexts";
import { Menu } from "../ui/Menu";
import { usePartVisible, useViewState, useViewStore } from "../view/services";
import { CurveList, type CurveActions } from "./plots/CurveLabels";
import { PathSwitch, ScaleSwitch } from "./plots/PlotSwitches";
import type { CurveView } from "./model/curve-views";
import { LayerPicture } from "./LayerPicture";
import type { LayerPlot } from "./plots/layer-plot";
import { MissingCurves } from "./MissingCurves";
import type { PictureModel } from "./model/picture-model";
import { StageSentence } from "./StageSentence";

interface Props {
  readonly spec: Spec;
  readonly model: PictureModel;
  readonly curves: readonly CurveView[];
  readonly results: Results;
  readonly models: readonly LabModel[];
  readonly hidden: ReadonlySet<number>;
  /** Where the main curve was recorded; null where it was computed here. */
  readonly recorded: Recorded | null;
  /** Chooses the measure of similarity. */
  readonly picker: ReactNode;
  /** Whether there is anything to plot. */
  readonly plots: boolean;
  /** Whether results are on their way, and with them the layer that the picture opens at. */
  readonly loading: boolean;
  /** Whether the place of similarity is still empty, on a slide that builds up. */
  readonly similarityLater: boolean;
  /** What to look for, instead of the sentence on the stitch; null for that sentence. */
  readonly lookFor: string | null;
  readonly onFollow: (curve: number) => void;
  readonly onHide: (curve: number, hide: boolean) => void;
}

export function PictureStage(props: Props): ReactNode {
  const {
    spec,
    models,
    recorded,
    model,
    results,
    curves,
    hidden,
    picker,
    plots,
    loading,
    lookFor,
    onFollow,
    onHide,
  } = props;
  const { main, penalty, similarity, probes } = model;
  const { layer, choose, pointAt } = useLayer();
  const { show } = useViewStore();
  const { seesStitch, path, mode } = useViewState().view;
  const letters = usePartVisible("keys");
  const titleId = useId();
  const [raised, raise] = useState<number | null>(null);
  const shows = {
    drawing: usePartVisible("diagram"),
    plots,
    similarity: usePartVisible("similarity"),
    similarityLater: props.similarityLater,
  };
  const { pair } = main;
  const places = useMemo(
    () => pair && sitesOf(pair.bottom.architecture, pair.top.architecture, spec.layout),
    [pair, spec.layout],
  );
  const actions = useMemo(
    (): CurveActions => ({
      main: main.index,
      choose: onFollow,
      hide: (curve) => onHide(curve, true),
      raise,
    }),
    [main.index, onFollow, onHide],
  );
  const place = layer === null ? undefined : places?.[layer];
  const row = main.rows.find(({ site }) => site === layer);
  const perturbation = spec.curves[main.index]?.perturbation ?? "none";
  const words = targetWords(spec);
  const seeStitch = (): void => {
    // The pointer leaves the picture, which goes back to the layer that is chosen.
    if (row) choose(row.site);
    pointAt(null);
    show({ seesStitch: true });
  };
  usePageKey((event) => {
    const isAsked = letters && pageAction(event, mode === "present") === "see-stitch";
    if (!isAsked || !row) return false;
    seeStitch();
    return true;
  });
  const failures = main.rows.flatMap(({ failure }) => failure ?? []);
  return (
    <section className="stage" aria-labelledby={titleId}>
      <h2 id={titleId} className="visually-hidden">
        {words.name} and similarity at each layer
      </h2>
      {shows.drawing && pair && place && (
        <StageSentence
          {...{ pair, place, perturbation, row, words, curve: main.index, lookFor }}
          onSeeStitch={seeStitch}
        />
      )}
      <LayerPicture
        {...{ spec, model, results, actions, raised, shows }}
        onSeeStitch={row ? seeStitch : null}
        penaltyHead={
          <div className="plot-head">
            <h3>
              <GlossaryTerm term={path ? "path" : "penalty"}>{penalty.title}</GlossaryTerm>
            </h3>
            <span className="hint">{penalty.meaning}</span>
            {hasBefore(penalty) && (
              <span className="hint">
                Dotted: recorded with the figure’s settings, until your run replaces it
              </span>
            )}
            {curves
              .filter(({ index }) => hidden.has(index))
              .map(({ index, name }) => (
                <button
                  key={index}
                  type="button"
                  className="curve-chip"
                  onClick={() => onHide(index, false)}
                >
                  Show {name}
                </button>
              ))}
            {/* On a slide, curves that come later are not missing. */}
            {!props.similarityLater && <MissingCurves curves={curves} />}
            {row?.penalty && place && (
              <span className="hint values-at" aria-hidden="true">
                at {place.name}
              </span>
            )}
            <Menu label="View">
              <PathSwitch />
              <ScaleSwitch far={penalty.strip !== null || penalty.beyond.length > 0} />
            </Menu>
          </div>
        }
        similarityHead={
          <>
            <CurveList
              labels={penalty.labels.concat(penalty.strip?.labels ?? [])}
              {...{ layer, actions }}
            />
            <div className="plot-head">
              <h3>
                <GlossaryTerm term="similarity">Similarity</GlossaryTerm>
              </h3>
              {picker}
              <span className="hint">{similarity.meaning}</span>
            </div>
          </>
        }
        probesHead={
          probes && (
            <>
              <div className="plot-head">
                <h3>
                  <GlossaryTerm term="probe">{probes.title}</GlossaryTerm>
                </h3>
                <span className="hint">{probes.meaning}</span>
              </div>
              <CurveList labels={probes.labels} {...{ layer, actions }} />
            </>
          )
        }
      />
      {failures.map((failure) => (
        <p className="hint" key={failure.site}>
          No stitch at {failure.name}, left as a gap. {failureText(failure)}
        </p>
      ))}
      {seesStitch && row && !loading && (
        <SeeStitchDialog
          {...{ spec, models, recorded, results, curve: main.index, site: row.site }}
          onSite={choose}
          onClose={() => show({ seesStitch: false })}
        />
      )}
    </section>
  );
}

/** Whether a plot has curves that were recorded with other settings. */
function hasBefore({ curves, strip }: LayerPlot): boolean {
  return [...curves, ...(strip?.curves ?? [])].some(({ before }) => before === true);
}
