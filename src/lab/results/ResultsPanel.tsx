/** What has arrived of the experiment: base errors, charts, table, report. */
import { memo, useEffect, useMemo, useState, type ReactNode } from "react";
import type { ClassCount } from "../../core/data/labels";
import { classesOf } from "../../core/nets/architecture";
import type { MeasureName } from "../../core/similarity/measures";
import type { LabModel } from "../engine/models";
import type { ModelResult, Recorded } from "../../experiment/report";
import { protocols } from "../../experiment/protocol";
import type { Spec } from "../../experiment/spec";
import { loadCharts } from "./ChartPlace";
import { LayerCharts } from "./LayerCharts";
import { askedSites, axisSites, haveOneQuestion, type ModelPair } from "../session/pair";
import { curveResults, isEmpty } from "../session/results";
import { chanceLevels } from "./chance";
import type { Shown } from "./recorded";
import { rowsOf, type Row } from "../session/rows";
import { whenIdle } from "../startup/idle";
import { ExportButtons } from "../share/ExportButtons";
import { lazyPart } from "../ui/lazy-part";
import { Inspectable } from "../inspector/Inspectable";
import { Deferred } from "../startup/Deferred";
import { ResultsTable } from "./tables/ResultsTable";
import { LayerContext, type LayerChoice } from "../view/result-contexts";
import { useLayerCharts } from "./use-layer-charts";
import { MeasurePicker } from "./MeasurePicker";
import { NetworkDiagram } from "./NetworkDiagram";
import { firstLabel, otherCurves } from "./other-rows";
import { nameOf } from "../session/model-names";
import { IfVisible, usePartVisible, useViewState } from "../view/services";
import { backendLabels, measureLabels } from "../format/labels";
import { count, percent, points } from "../format/numbers";

interface Props {
  readonly spec: Spec;
  readonly pair: ModelPair;
  readonly models: readonly LabModel[];
  readonly shown: Shown;
  readonly running: boolean;
  /** The layer that the visitor chose; null before that. */
  readonly layer: number | null;
  readonly onLayer: (layer: number) => void;
}

const GridTable = lazyPart("the grid", async () => ({
  default: (await import("./tables/GridTable")).GridTable,
}));
const ComputedNothing = lazyPart("the instructions", () => import("./ComputedNothing"), {
  fallback: null,
});
const RepeatNote = lazyPart("the command", () => import("../share/RepeatNote"), { fallback: null });
const LayerKeys = lazyPart("the layer shortcuts", () => import("./LayerKeys"), { fallback: null });

export const ResultsPanel = memo(function ResultsPanel(props: Props): ReactNode {
  const { spec, pair, models, shown } = props;
  const { results, source } = shown;
  // One file has every curve, or the results are not said to be saved.
  const [first] = source.values();
  const isSaved =
    source.size === spec.curves.length && [...source.values()].every((file) => file === first);
  const shownRecorded = isSaved && first !== undefined ? first : null;
  const axis = useMemo(() => axisSites(pair), [pair]);
  const [measure, setMeasure] = useState<MeasureName>("linearCka");
  const rows = useMemo(
    () => rowsOf(curveResults(results), askedSites(spec, pair), measure),
    [results, spec, pair, measure],
  );
  const others = useMemo(
    () => otherCurves(spec, models, results, measure),
    [spec, models, results, measure],
  );
  const chance = useMemo(() => chanceLevels(spec, pair, measure), [spec, pair, measure]);
  const label = firstLabel(spec, models);
  const picker = <MeasurePicker measure={measure} onChoose={setMeasure} />;
  const trained = protocols[spec.protocol].defaults.epochs > 0;
  const { top, bottom } = curveResults(results);
  const { report } = results;
  const layers = useLayerChoice(rows, props.layer, props.onLayer);
  const shows = { diagram: usePartVisible("diagram"), similarity: usePartVisible("similarity") };
  const charts = useLayerCharts({
    rows,
    label,
    others,
    trained,
    chance,
    sites: axis,
    topError: top?.testError ?? null,
    // Errors of different questions have no difference to mark.
    bottomError: haveOneQuestion(pair) ? (bottom?.testError ?? null) : null,
    measure: measureLabels[measure],
    withSimilarity: shows.similarity,
  });
  const name = nameOf(models);
  const keys = useViewState().view.mode === "present" && <LayerKeys rows={rows} layers={layers} />;
  const diagram = layers.layer !== null && shows.diagram && (
    <NetworkDiagram
      spec={spec}
      pair={pair}
      layer={layers.layer}
      onLayer={layers.choose}
      row={rows.find(({ site }) => site === layers.layer)}
      names={{ top: name(spec.curves[0].top), bottom: name(spec.curves[0].bottom) }}
    />
  );

  useEffect(() => {
    // Fetched early, so that a run goes on though the network is cut after it began.
    void whenIdle()
      .then(loadCharts)
      .catch(() => undefined);
  }, []);

  return (
    <LayerContext value={layers}>
      {/* Around both, so that an open inspector outlives the moment in which stored results are looked for. */}
      <Inspectable spec={spec} models={models} results={results} source={source}>
        {keys}
        {diagram}
        {isEmpty(results) ? (
          <NothingYet shown={shown} running={props.running} grid={spec.layout === "grid"} />
        ) : (
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
                    charts={spec.layout === "grid" ? [] : [charts.penalty, charts.similarity]}
                  />
                </IfVisible>
              )}
            </div>
            {spec.layout === "grid" ? (
              <GridTable {...{ pair, rows, picker }} measure={measureLabels[measure]} />
            ) : (
              <>
                <Deferred>
                  <LayerCharts {...{ charts, rows }} measurePicker={picker} />
                </Deferred>
                <IfVisible part="table">
                  <Deferred>
                    <ResultsTable
                      curves={[{ label, rows }, ...others]}
                      trained={trained}
                      measure={measureLabels[measure]}
                    />
                  </Deferred>
                </IfVisible>
              </>
            )}
            <Deferred>
              <IfVisible part="errors">
                <dl className="base-errors">
                  <BaseError
                    role="top"
                    result={top}
                    model={pair.top}
                    testImages={spec.testImages}
                  />
                  <BaseError
                    role="bottom"
                    result={bottom}
                    model={pair.bottom}
                    testImages={spec.testImages}
                  />
                </dl>
              </IfVisible>
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

/** At first a layer in the middle, where stitching asks most. */
function useLayerChoice(
  rows: readonly Row[],
  chosen: number | null,
  choose: LayerChoice["choose"],
): LayerChoice {
  const [pointed, pointAt] = useState<number | null>(null);
  const here = (layer: number | null): boolean => rows.some(({ site }) => site === layer);
  const middle = rows[Math.floor((rows.length - 1) / 2)]?.site ?? null;
  const layer = here(pointed) ? pointed : here(chosen) ? chosen : middle;
  return useMemo(() => ({ layer, choose, pointAt }), [layer, choose]);
}

function RecordedNote({ recorded }: { readonly recorded: Recorded }): ReactNode {
  const { date, command, report, apart = [] } = recorded;
  const backends = new Set([report, ...apart].map(({ backend }) => backendLabels[backend]));
  return (
    <p className="recorded-note">
      Computed in advance on {date} ({[...backends].join(", ")}) with <code>{command}</code>.
    </p>
  );
}

function NothingYet({
  shown,
  running,
  grid,
}: Pick<Props, "shown" | "running"> & { readonly grid: boolean }): ReactNode {
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
  return <ComputedNothing failed={shown.failed !== null} grid={grid} />;
}

/** What is asked of an image, where it is not which of the ten classes it shows. */
const questions: Record<ClassCount, string> = { 2: ", object or animal", 10: "" };

interface BaseErrorProps {
  readonly role: "top" | "bottom";
  readonly result: ModelResult | null;
  readonly model: LabModel;
  readonly testImages: number;
}

function BaseError({ role, result, model, testImages }: BaseErrorProps): ReactNode {
  const question = questions[classesOf(model.architecture)];
  return (
    <div className={`base-error network-${role}`}>
      <dt>{role === "top" ? "Top network alone" : "Bottom network alone"}</dt>
      <dd>
        {result === null ? (
          "not yet"
        ) : (
          <>
            <strong>{percent(result.testError)}</strong> ± {points(result.testErrorStandardError)}{" "}
            of {count(testImages)} test images wrong{question}
          </>
        )}
      </dd>
    </div>
  );
}
