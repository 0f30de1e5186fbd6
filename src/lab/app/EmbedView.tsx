/** One chart for a frame in another page, and the way to the whole. */
import { useMemo, type ReactNode } from "react";
import { presets } from "../../experiment/figures";
import { protocols } from "../../experiment/protocol";
import { LayerCharts } from "../results/LayerCharts";
import { useLayerCharts } from "../results/use-layer-charts";
import { sharedUrl } from "../share/lesson-address";
import { askedSites, axisSites, haveOneQuestion, pairOf, type ModelPair } from "../session/pair";
import { presetOf } from "../session/preset";
import { curveResults, isEmpty } from "../session/results";
import { rowsOf } from "../session/rows";
import { useShown } from "../results/recorded";
import type { Workbench } from "../session/state";
import { ErrorAlert } from "../ui/ErrorAlert";
import { firstLabel, otherCurves } from "../results/other-rows";
import { nameOf } from "../session/model-names";
import { ProblemsNotice } from "./ProblemsNotice";
import { useLabState, useSession } from "../view/services";
import { measureLabels } from "../format/labels";

export default function EmbedView(): ReactNode {
  const { workbench } = useLabState();
  const { retry } = useSession();
  switch (workbench.status) {
    case "loading":
      return <p role="status">Loading networks…</p>;
    case "failed":
      return <ErrorAlert error={workbench.error} onRetry={retry} />;
    case "ready":
      return <Framed bench={workbench.value} />;
    default:
      return workbench satisfies never;
  }
}

function Framed({ bench }: { readonly bench: Workbench }): ReactNode {
  const { models, address, problems } = bench;
  const { spec } = address;
  const preset = useMemo(() => presetOf(spec), [spec]);
  const pair = useMemo(() => pairOf(spec.curves[0], models), [spec, models]);
  const name = nameOf(models);
  const title =
    preset === null
      ? `${name(spec.curves[0].bottom)} into ${name(spec.curves[0].top)}`
      : presets[preset].title;
  return (
    <>
      <h1 className="visually-hidden">Stitch Lab</h1>
      <h2 className="visually-hidden">{title}</h2>
      <ProblemsNotice problems={problems} />
      {pair === null ? (
        <p>This experiment needs a missing file. Open it to provide the file.</p>
      ) : (
        <Chart bench={bench} pair={pair} />
      )}
      <p className="embed-caption">
        {title}.{" "}
        <a href={wholePage(address)} target="_blank" rel="noopener">
          Open in Stitch Lab<span className="visually-hidden"> (new tab)</span>
        </a>
      </p>
    </>
  );
}

/** The chart of similarity is not in the frame. */
const noChance: readonly never[] = [];

interface ChartProps {
  readonly bench: Workbench;
  readonly pair: ModelPair;
}

function Chart({ bench, pair }: ChartProps): ReactNode {
  const { models, address } = bench;
  const { spec } = address;
  const { results, loading } = useShown(spec, bench.results, address.digest);
  const { top, bottom } = curveResults(results);
  const rows = rowsOf(curveResults(results), askedSites(spec, pair));
  const charts = useLayerCharts({
    rows,
    sites: axisSites(pair),
    label: firstLabel(spec, models),
    others: otherCurves(spec, models, results),
    trained: protocols[spec.protocol].defaults.epochs > 0,
    topError: top?.testError ?? null,
    bottomError: haveOneQuestion(pair) ? (bottom?.testError ?? null) : null,
    measure: measureLabels.linearCka,
    chance: noChance,
    withSimilarity: false,
  });
  if (loading && isEmpty(results)) {
    return <p role="status">Loading the saved result…</p>;
  }
  if (isEmpty(results)) return <p>No results yet. Open it to run.</p>;
  if (spec.layout === "grid") return <p>Grids have no curve. Open it to see the table.</p>;
  return <LayerCharts {...{ charts, rows }} measurePicker={null} />;
}

/** The same experiment outside of the frame. */
function wholePage(address: Workbench["address"]): string {
  const view = { mode: "page", predict: false, hidden: null, lesson: null } as const;
  return sharedUrl(window.location.href, { address, digest: address.digest ?? null, view });
}
