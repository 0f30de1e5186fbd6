/**
 * Students draw the curve that they expect, then compare it with the result and see a score.
 */
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import { penaltyAt, scoreOf, type Prediction } from "./prediction";
import type { LabModel } from "../engine/models";
import { askedSites, type ModelPair } from "../session/pair";
import { curveResults, type Results } from "../session/results";
import { rowsOf, type Row } from "../session/rows";
import { nameOf } from "../session/model-names";
import { PredictChart } from "./PredictChart";
import { PredictTable } from "./PredictTable";
import { signed, count } from "../format/numbers";
import { useViewStore } from "../view/services";

interface Props {
  readonly spec: Spec;
  readonly pair: ModelPair;
  readonly models: readonly LabModel[];
  /** What is to be revealed: computed here, or recorded. */
  readonly results: Results;
  readonly covered: boolean;
  readonly onReveal: () => void;
}

/** How far up the empty chart reaches, in points; nothing of the result decides it. */
const rooms = [10, 30, 90] as const;

export default function PredictFirst(props: Props): ReactNode {
  const { spec, pair, models, results, covered, onReveal } = props;
  const { show } = useViewStore();
  const [prediction, setPrediction] = useState<Prediction>(new Map());
  const [room, setRoom] = useState<number>(90);
  const titleId = useId();
  const rows = rowsOf(curveResults(results), askedSites(spec, pair));
  const name = nameOf(models);
  const leave = (
    <button type="button" onClick={() => show({ predict: false })}>
      {covered ? "Skip prediction" : "Close prediction"}
    </button>
  );
  return (
    <section className="results predict" aria-labelledby={titleId}>
      <div className="section-head">
        <h2 id={titleId}>{covered ? "What do you expect?" : "Your prediction"}</h2>
        {covered && <RoomPicker room={room} onChoose={setRoom} />}
      </div>
      {covered && results.report === null && (
        <p className="notice notice-problems">
          No result to compare with yet. Press Run; results stay hidden until you reveal them.
        </p>
      )}
      {covered ? (
        <p>
          Draw the penalty at each layer: by how many percentage points does the error of{" "}
          <strong className="of-top">{name(spec.curves[0].top)}</strong> rise when{" "}
          <strong className="of-bottom">{name(spec.curves[0].bottom)}</strong> replaces its lower
          layers? The thick line is zero.
        </p>
      ) : (
        <ScoreText prediction={prediction} rows={rows} />
      )}
      <PredictChart
        rows={rows}
        prediction={prediction}
        room={room}
        onDraw={covered ? setPrediction : null}
      />
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
              onClick={() => setPrediction(new Map())}
            >
              Clear
            </button>
          </>
        )}
        {leave}
        <p className="hint" role="status">
          {covered && `${count(prediction.size)} of ${count(rows.length)} layers drawn.`}
        </p>
      </div>
      {covered ? (
        <p className="hint">
          Drag across the chart, or use the arrow keys: ← → choose a layer, ↑ ↓ change its value by
          1 point.
        </p>
      ) : (
        <Legend />
      )}
      {covered && <PredictTable rows={rows} prediction={prediction} onDraw={setPrediction} />}
    </section>
  );
}

interface RoomPickerProps {
  readonly room: number;
  readonly onChoose: (room: number) => void;
}

function RoomPicker({ room, onChoose }: RoomPickerProps): ReactNode {
  const id = useId();
  return (
    <div className="predict-room">
      <label htmlFor={id}>Highest value</label>
      <select id={id} value={room} onChange={({ target }) => onChoose(Number(target.value))}>
        {rooms.map((points) => (
          <option key={points} value={points}>
            +{points} points
          </option>
        ))}
      </select>
    </div>
  );
}

interface ScoreProps {
  readonly prediction: Prediction;
  readonly rows: readonly Row[];
}

function ScoreText({ prediction, rows }: ScoreProps): ReactNode {
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The button that was pressed is gone.
    text.current?.focus();
  }, []);
  const score = scoreOf(prediction, rows);
  const missing = rows.filter((row) => penaltyAt(row) === null).length;
  return (
    <p ref={text} className="predict-score" tabIndex={-1} role="status">
      {score === null ? (
        "No score: none of the layers you drew has a stitch."
      ) : (
        <>
          You were off by <strong>{score.meanDifference.toFixed(1)} points</strong> on average over{" "}
          {count(score.layers)} {score.layers === 1 ? "layer" : "layers"}, most at{" "}
          <strong>{score.largest.name}</strong>: you drew {signed(score.largest.predicted, 1)}, the
          result is {signed(score.largest.found, 1)}.
        </>
      )}
      {missing > 0 && ` ${count(missing)} of the layers have no stitch.`}
    </p>
  );
}

function Legend(): ReactNode {
  return (
    <ul className="legend">
      <li>
        <i className="key key-predicted" />
        yours
      </li>
      <li>
        <i className="key key-penalty" />
        result
      </li>
      <li>
        <i className="key key-top" />
        no penalty
      </li>
    </ul>
  );
}
