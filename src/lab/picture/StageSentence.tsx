/** The sentence above the picture, and what opens the stitch that it is about. */
import type { ReactNode } from "react";
import type { NamedSite } from "../../experiment/sites";
import type { Perturbation } from "../../experiment/perturbation";
import type { TargetWords } from "../format/target-words";
import type { ModelPair } from "../session/experiment/pair";
import type { Row } from "../session/results/rows";
import { useInspect } from "../view/result-contexts";
import { knownText, StitchSentence } from "./StitchSentence";

interface Props {
  readonly pair: ModelPair;
  readonly place: NamedSite;
  readonly perturbation: Perturbation;
  /** What is known there. */
  readonly row: Row | undefined;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
  /** Index of the curve. */
  readonly curve: number;
  /** What to look for, instead of the sentence on the stitch; null for that sentence. */
  readonly lookFor: string | null;
  readonly onSeeStitch: () => void;
}

export function StageSentence(props: Props): ReactNode {
  const { row, curve, lookFor, onSeeStitch, ...stitched } = props;
  const inspect = useInspect();
  const { place, words } = stitched;
  const known = knownText(row, words);
  const inspectLink = inspect && row?.penalty && (
    <button
      type="button"
      className="text-link"
      aria-haspopup="dialog"
      onClick={() => inspect({ curve, site: row.site })}
    >
      Inspect
    </button>
  );
  return (
    <div className="stage-sentence">
      <p>
        {lookFor === null ? (
          <StitchSentence {...stitched} row={row}>
            {inspectLink}
          </StitchSentence>
        ) : (
          <>
            <strong>Look for:</strong> {lookFor} {inspectLink}
          </>
        )}
      </p>
      {row && (
        <div className="stage-actions">
          {/* On a phone, where the sentence is below the picture. */}
          <div className="stage-reading">
            <strong>{place.name}</strong> {inspectLink}
            <div>{known}</div>
          </div>
          <button
            type="button"
            className="quiet see-stitch-button"
            aria-haspopup="dialog"
            title="What the stitch does to an image (S)"
            onClick={onSeeStitch}
          >
            See the stitch
          </button>
        </div>
      )}
    </div>
  );
}
