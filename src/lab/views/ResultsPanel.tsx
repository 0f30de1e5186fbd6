/** What has arrived of the experiment: base errors, charts, table, report. */
import { lazy, memo, Suspense, useEffect, useMemo, type ReactNode } from "react";
import type { ClassCount } from "../../core/data/labels";
import { classesOf } from "../../core/nets/architecture";
import type { ZooModel } from "../../core/weights/manifest";
import type { ModelResult } from "../../experiment/report";
import { protocols } from "../../experiment/protocol";
import type { Spec } from "../../experiment/spec";
import { askedTaps, axisTaps, haveOneQuestion, type ModelPair } from "../session/pair";
import { isEmpty, type Results } from "../session/results";
import { rowsOf } from "../session/rows";
import { ChartBoundary } from "./ChartBoundary";
import { DownloadReport } from "./DownloadReport";
import { ResultsTable } from "./ResultsTable";
import { count, percent, points } from "./words";

interface Props {
  readonly spec: Spec;
  readonly pair: ModelPair;
  readonly results: Results;
}

const loadCharts = async () => ({ default: (await import("../charts")).LayerCharts });
// The chart library is larger than all the rest of the page, and nothing needs it at first.
const LayerCharts = lazy(loadCharts);

export const ResultsPanel = memo(function ResultsPanel({ spec, pair, results }: Props): ReactNode {
  const axis = useMemo(() => axisTaps(pair), [pair]);
  const rows = useMemo(() => rowsOf(results, askedTaps(spec, pair)), [results, spec, pair]);
  const trained = protocols[spec.protocol].defaults.epochs > 0;
  const { top, bottom, report } = results;

  useEffect(() => {
    // Fetched early, so that a run goes on though the network is cut after it began.
    void loadCharts().catch(() => undefined);
  }, []);

  if (isEmpty(results)) return <NothingYet />;
  return (
    <section className="results" aria-labelledby="results-title">
      <div className="section-head">
        <h2 id="results-title">Results</h2>
        {report && <DownloadReport report={report} />}
      </div>
      <dl className="base-errors">
        <BaseError role="top" result={top} model={pair.top} testImages={spec.testImages} />
        <BaseError role="bottom" result={bottom} model={pair.bottom} testImages={spec.testImages} />
      </dl>
      <ChartBoundary>
        <Suspense fallback={<p className="charts-loading">Loading the charts…</p>}>
          <LayerCharts
            taps={axis}
            rows={rows}
            trained={trained}
            topError={top?.testError ?? null}
            // Errors of different questions have no difference to mark.
            bottomError={haveOneQuestion(pair) ? (bottom?.testError ?? null) : null}
          />
        </Suspense>
      </ChartBoundary>
      <ResultsTable rows={rows} trained={trained} />
    </section>
  );
});

function NothingYet(): ReactNode {
  return (
    <section className="results nothing-yet" aria-labelledby="results-title">
      <h2 id="results-title">Nothing computed yet</h2>
      <p>
        Press <strong>Run</strong>. Layer by layer, two charts appear here:
      </p>
      <dl>
        <dt>Stitching penalty</dt>
        <dd>
          How many percentage points more test images the stitched network gets wrong than the top
          network by itself. Low: the top can use what the bottom computes.
        </dd>
        <dt>CKA</dt>
        <dd>
          How alike the two networks’ representations are, from 0 to 1, without asking what they are
          good for. The two often disagree.
        </dd>
      </dl>
    </section>
  );
}

/** What is asked of an image, where it is not which of the ten classes it shows. */
const questions: Record<ClassCount, string> = { 2: ", asked for object or animal", 10: "" };

interface BaseErrorProps {
  readonly role: "top" | "bottom";
  readonly result: ModelResult | null;
  readonly model: ZooModel;
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
