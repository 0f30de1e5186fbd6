/** Whose blocks a row of the drawing has, at its right. */
import type { ReactNode } from "react";
import { hasHead } from "../../core/nets/architecture";
import type { ModelResult } from "../../experiment/report";
import type { TargetWords } from "../format/target-words";
import { percent, points } from "../format/numbers";
import { networkTitle } from "../session/experiment/model-names";
import type { ModelPair } from "../session/experiment/pair";
import { usePartVisible } from "../view/services";

interface Props {
  readonly role: "top" | "bottom";
  /** Middle of the row, in CSS pixels. */
  readonly y: number;
  readonly pair: ModelPair;
  readonly result: ModelResult | null;
  /** What its numbers are a share of. */
  readonly words: TargetWords;
  readonly children?: ReactNode;
}

export function DrawingOwner({ role, y, pair, result, words, children }: Props): ReactNode {
  const showsErrors = usePartVisible("errors");
  const answers = hasHead(pair[role].architecture);
  return (
    <span className={`drawing-owner of-${role}`} style={{ top: y }}>
      <strong>{networkTitle(pair[role])}</strong>
      {children}
      {showsErrors && !answers && <span>has no head</span>}
      {showsErrors && answers && result !== null && (
        <span>
          {words.isAgreement && role === "top"
            ? "its answers count"
            : `${percent(result.testError)} ± ${points(result.testErrorStandardError)} ${words.alone}`}
        </span>
      )}
    </span>
  );
}
