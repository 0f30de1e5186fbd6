/** One chart, or one stitch, for a frame in another page, and the way to the whole. */
import { useMemo, useState, type ReactNode } from "react";
import { presets } from "../../experiment/figures";
import { curveViews } from "../picture/model/curve-views";
import { writeAddress } from "../../experiment/address/address";
import { pictureModel } from "../picture/model/picture-model";
import { tellingLayer } from "../picture/model/telling-layer";
import { PlainPlot } from "../picture/plots/PlainPlot";
import { sharedUrl } from "../share/address/lesson-address";
import type { Prediction } from "../predict/prediction";
import { askedSites, pairOf } from "../session/experiment/pair";
import { presetOf } from "../session/experiment/preset";
import { curveResults, isEmpty, type Results } from "../session/results/results";
import { rowsOf } from "../session/results/rows";
import { useShown } from "../results/recorded";
import type { Workbench } from "../session/state";
import { ErrorAlert } from "../ui/ErrorAlert";
import { nameOf } from "../session/experiment/model-names";
import { ProblemsNotice } from "./ProblemsNotice";
import { plainView, type View } from "../view/view";
import { useLabState, useSession, useViewState, useViewStore } from "../view/services";
import { lazyPart } from "../ui/lazy-part";

const PredictFirst = lazyPart("the prediction chart", () => import("../predict/PredictFirst"));
const SeeStitch = lazyPart("the view of the stitch", () => import("../see-stitch/SeeStitch"));

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
  const { framed, predict, path } = useViewState().view;
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
        <p>
          This experiment needs a file that is not in this browser. Open it in Stitch Lab to add it.
        </p>
      ) : framed === "chart" ? (
        <Chart bench={bench} />
      ) : (
        <Stitch bench={bench} />
      )}
      <p className="embed-caption">
        {title}.{" "}
        <a href={wholePage(address, { predict, path })} target="_blank" rel="noopener">
          Open in Stitch Lab<span className="visually-hidden"> (new tab)</span>
        </a>
      </p>
    </>
  );
}

interface ChartProps {
  readonly bench: Workbench;
}

function Chart({ bench }: ChartProps): ReactNode {
  const { address } = bench;
  const { spec } = address;
  const { predict } = useViewState().view;
  const { results, loading } = useShown(spec, bench.results, address.digest);
  if (loading && isEmpty(results)) {
    return <p role="status">Loading the saved result…</p>;
  }
  if (isEmpty(results)) return <p>No results yet. Open it in Stitch Lab to run it.</p>;
  if (spec.layout === "grid") return <p>A grid has no curves. Open it in Stitch Lab to see it.</p>;
  return predict ? (
    <Predicted bench={bench} results={results} />
  ) : (
    <Curves bench={bench} results={results} />
  );
}

interface CurvesProps extends ChartProps {
  readonly results: Results;
}

/** The curve is drawn before it is seen; closing the prediction shows the chart. */
function Predicted({ bench, results }: CurvesProps): ReactNode {
  const { models, address } = bench;
  const { spec } = address;
  const { reveal } = useViewStore();
  const { revealed } = useViewState();
  const experiment = useMemo(() => writeAddress({ spec, backend: null }), [spec]);
  const preset = useMemo(() => presetOf(spec), [spec]);
  const [prediction, setPrediction] = useState<Prediction>(new Map());
  return (
    <PredictFirst
      {...{ spec, preset, models, results, prediction }}
      covered={revealed !== experiment}
      onDraw={setPrediction}
      onReveal={() => reveal(experiment)}
    />
  );
}

function Curves({ bench, results }: CurvesProps): ReactNode {
  const { models, address } = bench;
  const { spec } = address;
  const preset = useMemo(() => presetOf(spec), [spec]);
  const figure = preset === null ? null : presets[preset];
  const { path } = useViewState().view;
  const wanted = figure?.main ?? 0;
  const curves = curveViews(spec, models, results, {
    names: figure?.names ?? null,
    main: wanted,
    measure: "linearCka",
  });
  const main = curves.find(({ index }) => index === wanted) ?? curves[0];
  if (!main) return null;
  const { penalty, axis } = pictureModel(spec, curves, results, {
    main,
    measure: "linearCka",
    hidden: new Set(),
    oneScale: figure?.oneScale === true,
    path,
    highest: figure?.highest ?? null,
    paper: figure?.paper ?? [],
  });
  return (
    <figure aria-labelledby="embed-plot">
      <figcaption className="plot-head">
        <h3 id="embed-plot">{penalty.title}</h3>
        <span className="hint">{penalty.meaning}</span>
      </figcaption>
      <PlainPlot plot={penalty} axis={axis} />
    </figure>
  );
}

/** What the stitch does; at first at the layer that a figure's note is about, else in the middle. */
function Stitch({ bench }: ChartProps): ReactNode {
  const { models, address } = bench;
  const { spec } = address;
  const preset = useMemo(() => presetOf(spec), [spec]);
  const figure: { readonly main?: number } = preset === null ? {} : presets[preset];
  const curve = spec.curves[figure.main ?? 0] === undefined ? 0 : (figure.main ?? 0);
  const { source, loading, results } = useShown(spec, bench.results);
  const pair = useMemo(
    () => pairOf(spec.curves[curve] ?? spec.curves[0], models),
    [spec, curve, models],
  );
  const asked = useMemo(() => (pair === null ? [] : askedSites(spec, pair)), [spec, pair]);
  const [chosen, setSite] = useState<number | null>(null);
  const telling = useMemo(
    () => (preset === null ? null : tellingLayer(rowsOf(curveResults(results, curve), asked))),
    [preset, results, curve, asked],
  );
  const site = chosen ?? telling ?? asked[Math.floor((asked.length - 1) / 2)]?.index ?? 0;
  if (loading) return <p role="status">Loading the saved result…</p>;
  return (
    <SeeStitch
      {...{ spec, models, results, curve, site }}
      recorded={source.get(curve) ?? null}
      onSite={setSite}
    />
  );
}

/** The same experiment outside of the frame, its results covered as they are here. */
function wholePage(address: Workbench["address"], shown: Pick<View, "predict" | "path">): string {
  const digest = address.digest ?? null;
  return sharedUrl(window.location.href, { address, digest, view: { ...plainView, ...shown } });
}
