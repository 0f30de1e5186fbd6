/** Chooses the stitch: a segmented control, and a slider for the rank. */
import { useId, type ReactNode } from "react";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { kindHints, kindLabels, stitchKinds, type StitchKind } from "./stitch-kinds";

interface Props {
  readonly kind: StitchKind;
  readonly onKind: (kind: StitchKind) => void;
  readonly rank: number;
  readonly onRank: (rank: number) => void;
  /** The highest rank at this site. */
  readonly mostRank: number;
  /** Why there is no trained stitch; null where there is one. */
  readonly untrained: string | null;
}

export function KindPicker(props: Props): ReactNode {
  const { kind, onKind, rank, onRank, mostRank, untrained } = props;
  const name = useId();
  const rankId = useId();
  return (
    <div className="kind-picker">
      <fieldset className="segments">
        <legend>Stitch</legend>
        {stitchKinds.map((one) => (
          <label key={one} className="segment">
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={kind === one}
              disabled={one === "trained" && untrained !== null}
              aria-describedby={one === "trained" && untrained !== null ? `${name}-why` : undefined}
              onChange={() => onKind(one)}
            />
            <span>{one === "low-rank" ? `Rank ${Math.min(rank, mostRank)}` : kindLabels[one]}</span>
          </label>
        ))}
      </fieldset>
      <div className="kind-detail">
        {kind === "low-rank" ? (
          <div className="rank-slider">
            <label htmlFor={rankId}>k =</label>
            <input
              id={rankId}
              type="range"
              min={1}
              max={mostRank}
              value={Math.min(rank, mostRank)}
              aria-valuetext={`rank ${Math.min(rank, mostRank)} of ${mostRank}`}
              onChange={({ currentTarget }) => onRank(Number(currentTarget.value))}
            />
            <output htmlFor={rankId}>
              {Math.min(rank, mostRank)} of {mostRank}
            </output>
          </div>
        ) : (
          <span className="hint">
            {kind === "least-squares" && (
              <>
                <GlossaryTerm term="leastSquares">Least squares</GlossaryTerm>:{" "}
              </>
            )}
            {kindHints[kind]}
          </span>
        )}
        {untrained !== null && (
          <span className="hint" id={`${name}-why`}>
            Trained: {untrained}
          </span>
        )}
      </div>
    </div>
  );
}
