/** What has arrived of the experiment: the picture of its layers, its numbers, its report. */
import { memo, useEffect, useMemo, useState, type ReactNode } from "react";
import type { MeasureName } from "../../core/similarity/measures";
import { presets, type PresetName } from "../../experiment/figures";
import type { Recorded, Report } from "../../experiment/report";
import { protocols } from "../../experiment/protocol";
import type { Spec } from "../../experiment/spec";
import { FigureNotes } from "../figures/FigureHead";
import { backendLabels, comparedImages, measureLabels } from "../format/labels";
import { targetWords } from "../format/target-words";
import type { LabModel } from "../engine/models";
import { Inspectable } from "../inspector/Inspectable";
import { curveViews, type CurveView } from "../picture/model/curve-views";
import { pictureModel } from "../picture/model/picture-model";
import { PictureStage } from "../picture/PictureStage";
import type { ModelPair } from "../session/experiment/pair";
import { isEmpty } from "../session/results/results";
import type { Row } from "../session/results/rows";
import { tellingLayer } from "../picture/model/telling-layer";
import { ExportButtons } from "../share/export/ExportButtons";
import { Deferred } from "../startup/Deferred";
import { whenIdle } from "../startup/idle";
import { lazyPart } from "../ui/lazy-part";
import { LayerContext, type LayerChoice } from "../view/result-contexts";
import { IfVisible, usePartVisible, useViewState } from "../view/services";
import type { SlideStep } from "../view/slide-steps";
import { Checks } from "./Checks";
import { MeasurePicker } from "./MeasurePicker";
import type { Shown } from "./recorded";
import { slidePicture } from "./slide-picture";
import { ResultsTable } from "./tables/ResultsTable";

interface Props {
  readonly spec: Spec;
  /** Null where the experiment is no figure. */
  readonly preset: PresetName | null;
  /** Null where one of the networks is a file that is not here. */
  readonly pair: ModelPair | null;
  readonly models: readonly LabModel[];
  readonly shown: Shown;
  /** The recorded report of a figure whose settings were changed; null where none was. */
  readonly left: Report | null;
  readonly running: boolean;
  /** The layer that the visitor chose; null before that. */
  readonly layer: number | null;
  readonly onLayer: (layer: number) => void;
  /** How far a slide has built up; null outside of a presentation. */
  readonly step: SlideStep | null;
}

const loadGrid = () => import("./tables/GridTable");
const GridTable = lazyPart("the grid", async () => ({ default: (await loadGrid()).GridTable }));
const ComputedNothing = lazyPart("the instructions", () => import("./ComputedNothing"), {
  fallback: null,
});
const RepeatNote = lazyPart("the command", () => import("../share/export/RepeatNote"), {
  fallback: null,
});
const LayerKeys = lazyPart("the layer shortcuts", () => import("./LayerKeys"), { fallback: null });

export const ResultsPanel = memo(function ResultsPanel(props: Props): ReactNode {
  const { spec, preset, pair, models, shown, left, running, step } = props;
  const { results, source } = shown;
  // One file has every curve, or the results are not said to be saved.
  const [first] = source.values();
  const isSaved =
    source.size === spec.curves.length && [...source.values()].every((file) => file === first);
  const shownRecorded = isSaved && first !== undefined ? first : null;
  const figure = preset === null ? null : presets[preset];
  const [measure, setMeasure] = useState<MeasureName>("linearCka");
  const [followed, follow] = useState<number | null>(null);
  // Here, since pressing one of its buttons empties the results for a moment.
  const [checksOpen, openChecks] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const { oneScale, path } = useViewState().view;
  const numbers = usePartVisible("table");
  const wanted = followed ?? figure?.main ?? 0;
  const known = useMemo(
    () =>
      curveViews(spec, models, results, {
        names: figure?.names ?? null,
        main: wanted,
        measure,
        // A whole run has taken their place.
        before: results.report === null ? left : null,
      }),
    [spec, models, results, figure, wanted, measure, left],
  );
  const slide = useMemo(() => slidePicture(step, known, wanted), [step, known, wanted]);
  const { curves } = slide;
  const main = mainOf(curves, wanted);
  const model = useMemo(
    () =>
      main &&
      pictureModel(spec, curves, results, {
        main,
        measure,
        hidden: new Set([...hidden, ...slide.hidden]),
        oneScale: oneScale || slide.oneScale || figure?.oneScale === true,
        path,
        highest: oneScale || slide.oneScale ? null : (figure?.highest ?? null),
        paper: slide.hidden.size > 0 ? [] : (figure?.paper ?? []),
      }),
    [spec, curves, results, main, measure, hidden, slide, oneScale, path, figure],
  );
  const rows = main?.rows ?? [];
  // A slide does not point at the answer before it shows it: until then, its rows are empty.
  const isComplete = preset !== null || results.report !== null;
  const telling = isComplete ? tellingLayer(rows) : null;
  const layers = useLayerChoice(rows, telling ?? middleOf(rows), props.layer, props.onLayer);
  const picker = <MeasurePicker measure={measure} onChoose={setMeasure} />;
  const { report } = results;
  const grid = spec.layout === "grid";

  useEffect(() => {
    // Fetched early, so that a run goes on though the network is cut after it began.
    if (!grid) return;
    void whenIdle()
      .then(loadGrid)
      .catch(() => undefined);
  }, [grid]);

  if (!main || !model) return null;
  return (
    <LayerContext value={layers}>
      {/* Around both, so that an open inspector outlives the moment in which stored results are looked for. */}
      <Inspectable spec={spec} models={models} results={results} source={source}>
        {step !== null && <LayerKeys rows={main.rows} layers={layers} />}
        <PictureStage
          {...{ spec, models, model, curves, results, hidden, picker }}
          recorded={source.get(main.index) ?? null}
          plots={!grid && (!isEmpty(results) || curves.some(({ before }) => before !== null))}
          loading={shown.loading}
          similarityLater={!slide.similarity}
          lookFor={step === "claim" ? (figure?.lookFor ?? null) : null}
          onFollow={follow}
          onHide={(index, hide) => setHidden(withIndex(hidden, index, hide))}
        />
        {preset !== null && step === null && (
          <IfVisible part="claim">
            <FigureNotes name={preset} />
          </IfVisible>
        )}
        {isEmpty(results) ? (
          <NothingYet {...{ spec, shown, running, grid }} />
        ) : step !== null && !grid && !numbers ? null : (
          <section className="results" aria-labelledby="results-title">
            <div className="section-head">
              <h2 id="results-title">
                {shownRecorded ? "Saved result" : shown.authors.size > 0 ? authorsTitle : "Results"}
                {shownRecorded && <span className="hint"> of {shownRecorded.date}</span>}
              </h2>
              {report && (
                <IfVisible part="export">
                  <ExportButtons
                    report={report}
                    models={models}
                    recorded={shownRecorded !== null}
                    picture={grid ? null : model}
                    measure={measure}
                  />
                </IfVisible>
              )}
            </div>
            <IfVisible part="table">
              <Deferred>
                <Checks
                  {...{ spec, models, results }}
                  curve={main}
                  open={checksOpen}
                  onOpen={openChecks}
                />
              </Deferred>
            </IfVisible>
            {grid ? (
              pair && (
                <GridTable
                  {...{ pair, picker }}
                  rows={main.rows}
                  measure={`${measureLabels[measure]}, on ${comparedImages(spec)}`}
                  words={targetWords(spec)}
                />
              )
            ) : (
              <IfVisible part="table">
                <Deferred>
                  <ResultsTable
                    curves={curves.map(({ name, title, rows }) => ({
                      label: curves.length > 1 ? name : null,
                      title,
                      rows,
                    }))}
                    trained={protocols[spec.protocol].defaults.epochs > 0}
                    measure={measureLabels[measure]}
                    words={targetWords(spec)}
                    images={comparedImages(spec)}
                  />
                </Deferred>
              </IfVisible>
            )}
            <Deferred>
              {shownRecorded ? (
                <RecordedNote recorded={shownRecorded} />
              ) : (
                report && (
                  <IfVisible part="export">
                    <RepeatNote report={report} models={models} />
                  </IfVisible>
                )
              )}
            </Deferred>
          </section>
        )}
      </Inspectable>
    </LayerContext>
  );
});

const authorsTitle = "The author’s results";

function mainOf(curves: readonly CurveView[], wanted: number): CurveView | null {
  return curves.find(({ index }) => index === wanted) ?? curves[0] ?? null;
}

function withIndex(
  indices: ReadonlySet<number>,
  index: number,
  include: boolean,
): ReadonlySet<number> {
  const others = [...indices].filter((other) => other !== index);
  return new Set(include ? [...others, index] : others);
}

/** A layer in the middle, where stitching asks most. */
function middleOf(rows: readonly Row[]): number | null {
  return rows[Math.floor((rows.length - 1) / 2)]?.site ?? null;
}

/** @param first the layer at first; null where there is none */
function useLayerChoice(
  rows: readonly Row[],
  first: number | null,
  chosen: number | null,
  choose: LayerChoice["choose"],
): LayerChoice {
  const [pointed, pointAt] = useState<number | null>(null);
  const here = (layer: number | null): boolean => rows.some(({ site }) => site === layer);
  const layer = here(pointed) ? pointed : here(chosen) ? chosen : first;
  return useMemo(() => ({ layer, choose, pointAt }), [layer, choose]);
}

function RecordedNote({ recorded }: { readonly recorded: Recorded }): ReactNode {
  const { date, command, report, apart = [], similarity } = recorded;
  const backends = new Set(
    [report, ...apart, similarity ?? report].map(({ backend }) => backendLabels[backend]),
  );
  return (
    <p className="recorded-note">
      Computed in advance on {date} ({[...backends].join(", ")}) with <code>{command}</code>.
    </p>
  );
}

function NothingYet({
  spec,
  shown,
  running,
  grid,
}: Pick<Props, "spec" | "shown" | "running"> & { readonly grid: boolean }): ReactNode {
  if (running) {
    return (
      <p className="results">
        Running: {grid ? "cells fill in" : "curves appear"} as layers finish.
      </p>
    );
  }
  if (shown.loading) {
    return <p className="results">Loading the saved result…</p>;
  }
  return <ComputedNothing spec={spec} failed={shown.failed !== null} grid={grid} />;
}
