/**
 * Students draw the curve that they expect, under the drawing of the two networks, then compare it
 * with the result and see a score.
 */
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
  type ReactNode,
} from "react";
import { presets, type PresetName } from "../../experiment/figures";
import { sitesOf } from "../../experiment/sites";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { networkTitle } from "../session/experiment/model-names";
import { count, signed } from "../format/numbers";
import { targetWords } from "../format/target-words";
import { AxisNames } from "../picture/plots/AxisNames";
import { axisNames } from "../picture/plots/axis-names";
import { blocksOfPair } from "../picture/drawing-geometry";
import { slotPercent, type LayerAxis } from "../picture/plots/layer-plot";
import { NetworksDrawing } from "../picture/NetworksDrawing";
import { askedSites, axisSites, pairOf, type ModelPair } from "../session/experiment/pair";
import { curveResults, type Results } from "../session/results/results";
import { rowsOf, type Row } from "../session/results/rows";
import { usePartVisible, useViewState, useViewStore } from "../view/services";
import { PredictChart } from "./PredictChart";
import { PredictTable } from "./PredictTable";
import { penaltyAt, placeAmong, scoreOf, type Prediction } from "./prediction";

interface Props {
  readonly spec: Spec;
  /** Null where the experiment is no figure. */
  readonly preset: PresetName | null;
  readonly models: readonly LabModel[];
  /** What is to be revealed: computed here, or recorded. */
  readonly results: Results;
  readonly covered: boolean;
  readonly prediction: Prediction;
  readonly onDraw: (prediction: Prediction) => void;
  readonly onReveal: () => void;
}

/** How far up the empty chart reaches, in points; nothing of the result decides it. */
const rooms = [10, 30, 90] as const;

export default function PredictFirst(props: Props): ReactNode {
  const { spec, preset, models } = props;
  const { main = 0 }: { readonly main?: number } = preset === null ? {} : presets[preset];
  const curve = spec.curves[main] ?? spec.curves[0];
  const pair = useMemo(() => pairOf(curve, models), [curve, models]);
  // The file that is missing is asked for elsewhere.
  if (pair === null) return null;
  const changed = main > 0 && preset !== null ? (presets[preset].names[main] ?? null) : null;
  return <Predicting {...props} pair={pair} curve={main} changed={changed} />;
}

interface PredictingProps extends Props {
  readonly pair: ModelPair;
  /** Index of the curve that is predicted. */
  readonly curve: number;
  /** What its figure changes, in a few words; null where the networks say it all. */
  readonly changed: string | null;
}

function Predicting(props: PredictingProps): ReactNode {
  const { spec, results, covered, prediction, onDraw, onReveal, pair, curve, changed } = props;
  const { show } = useViewStore();
  const presented = useViewState().view.mode === "present";
  const [room, setRoom] = useState<number>(90);
  const [chosen, setLayer] = useState<number | null>(null);
  const titleId = useId();
  const asked = useMemo(() => askedSites(spec, pair), [spec, pair]);
  const rows = rowsOf(curveResults(results, curve), asked);
  const sites = asked.map(({ index }) => index);
  const slots = axisSites(pair);
  const axis: LayerAxis = { slots: slots.length, names: axisNames(slots, rows) };
  const layer = chosen ?? sites[Math.floor((sites.length - 1) / 2)] ?? 0;

  /** Moves the stitch of the drawing along with a pointer that is pressed, or that draws. */
  function follow({ currentTarget, clientX, buttons }: PointerEvent): void {
    const box = currentTarget.querySelector(".plot-inner")?.getBoundingClientRect();
    if (!box || buttons === 0 || clientX < box.left || clientX > box.right) return;
    const slot = ((clientX - box.left) / box.width) * axis.slots - 0.5;
    setLayer(sites[Math.round(placeAmong(slot, sites))] ?? layer);
  }
  return (
    <section className="stage predict" aria-labelledby={titleId}>
      <div className="stage-sentence">
        {covered ? <Question {...{ spec, pair, changed }} /> : <Score {...{ prediction, rows }} />}
      </div>
      {covered && results.report === null && (
        <p className="notice notice-problems">
          No result to compare with yet. Press Run; results stay hidden until you reveal them.
        </p>
      )}
      <div className="picture" onPointerDown={follow} onPointerMove={follow}>
        <Drawing {...{ spec, pair, axis, layer }} asked={sites} onLayer={setLayer} />
        <AxisNames axis={axis} layer={layer} />
        <div className="plot-head">
          <h2 id={titleId}>{covered ? "What do you expect?" : "Your prediction"}</h2>
          <span className="hint">{targetWords(spec).meaning}</span>
          {covered && <RoomPicker room={room} onChoose={setRoom} />}
        </div>
        <PredictChart
          {...{ axis, rows, prediction, room, layer }}
          words={targetWords(spec)}
          onLayer={setLayer}
          lineShare={presented ? 7 : 6.4}
          onDraw={covered ? onDraw : null}
        />
        {!covered && (
          <p className="curve-list">
            <strong style={{ color: "var(--curve-2)" }}>- - your prediction</strong>
            <strong className="of-stitch">— result</strong>
          </p>
        )}
        <div className="picture-cursor" aria-hidden="true">
          <span style={{ left: `${slotPercent(layer, axis)}%`, width: `${100 / axis.slots}%` }} />
        </div>
      </div>
      <div className="buttons">
        {covered && (
          <>
            <button
              type="button"
              className="primary"
              disabled={results.report === null || prediction.size === 0}
              onClick={onReveal}
            >
              Reveal
            </button>
            <button
              type="button"
              disabled={prediction.size === 0}
              onClick={() => onDraw(new Map())}
            >
              Clear
            </button>
          </>
        )}
        {(covered || !presented) && (
          <button type="button" onClick={() => show({ predict: false })}>
            {covered ? "Skip prediction" : "Close prediction"}
          </button>
        )}
        <p className="hint" role="status">
          {covered && `${count(prediction.size)} of ${count(rows.length)} layers drawn.`}
        </p>
        {covered && (
          <p className="hint predict-keys">
            Drag across the chart, or use the arrow keys: ← → choose a layer, ↑ ↓ change its value.
          </p>
        )}
      </div>
      {covered && !presented && (
        <PredictTable rows={rows} prediction={prediction} onDraw={onDraw} />
      )}
    </section>
  );
}

function Question({
  spec,
  pair,
  changed,
}: Pick<PredictingProps, "spec" | "pair" | "changed">): ReactNode {
  return (
    <p>
      <strong className="of-top">{networkTitle(pair.top)}</strong> gets the lower layers of{" "}
      <strong className="of-bottom">{networkTitle(pair.bottom)}</strong> instead of its own
      {changed !== null && ` (${changed})`}. {targetWords(spec).question} Draw the curve, layer by
      layer.
    </p>
  );
}

interface DrawingProps extends Pick<PredictingProps, "spec" | "pair"> {
  readonly axis: LayerAxis;
  readonly asked: readonly number[];
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
}

/** The networks as in the picture, without a word on their results. */
function Drawing({ spec, pair, axis, asked, layer, onLayer }: DrawingProps): ReactNode {
  const { bottom, top } = pair;
  const { layout } = spec;
  const places = useMemo(
    () => sitesOf(bottom.architecture, top.architecture, layout),
    [bottom, top, layout],
  );
  const { slots } = axis;
  const blocks = useMemo(
    () => blocksOfPair({ bottom, top }, { slots, names: [] }),
    [bottom, top, slots],
  );
  if (!usePartVisible("diagram")) return null;
  return (
    <NetworksDrawing
      {...{ pair, blocks, places, asked, layer, onLayer }}
      onInspect={null}
      onSeeStitch={null}
      valueText={places[layer]?.name ?? ""}
      words={targetWords(spec)}
      top={null}
      bottom={null}
    />
  );
}

interface RoomPickerProps {
  readonly room: number;
  readonly onChoose: (room: number) => void;
}

/** Buttons, because a field would keep the keys of a presentation to itself. */
function RoomPicker({ room, onChoose }: RoomPickerProps): ReactNode {
  const id = useId();
  return (
    <div className="predict-rooms" role="group" aria-labelledby={id}>
      <span id={id} className="hint">
        Up to
      </span>
      {rooms.map((points) => (
        <button
          key={points}
          type="button"
          className="curve-chip"
          aria-pressed={points === room}
          onClick={() => onChoose(points)}
        >
          +{points}
        </button>
      ))}
    </div>
  );
}

interface ScoreProps {
  readonly prediction: Prediction;
  readonly rows: readonly Row[];
}

function Score({ prediction, rows }: ScoreProps): ReactNode {
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The button that was pressed is gone.
    text.current?.focus();
  }, []);
  const score = scoreOf(prediction, rows);
  const missing = rows.filter((row) => penaltyAt(row) === null).length;
  return (
    <p ref={text} className="predict-score" tabIndex={-1} role="status">
      {prediction.size === 0 ? (
        "Nothing was drawn. This is the result."
      ) : score === null ? (
        "No score: none of the layers you drew has a stitch."
      ) : (
        <>
          You were off by <strong>{score.meanDifference.toFixed(1)} points</strong> on average
          {score.layers < rows.length &&
            ` over ${count(score.layers)} ${score.layers === 1 ? "layer" : "layers"}`}
          , most at <strong>{score.largest.name}</strong>: you drew{" "}
          {signed(score.largest.predicted, 1)}, the result is {signed(score.largest.found, 1)}.
        </>
      )}
      {missing > 0 && ` ${count(missing)} of the layers have no stitch.`}
    </p>
  );
}
