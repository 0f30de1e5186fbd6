/**
 * What B alone, the stitched network and A alone answer: a bar for each class and network. Of many
 * classes, those that matter most.
 */
import type { ReactNode } from "react";
import type { TargetWords } from "../format/target-words";
import { count } from "../format/numbers";
import { share, shareOfAnswer, shownClasses, type Answer } from "./answers";

interface Props {
  /** The class that the image is of; null for one of the visitor's own. */
  readonly label: string | null;
  readonly bottom: Answer;
  readonly stitched: Answer;
  readonly top: Answer;
  /** What is correct. */
  readonly words: TargetWords;
}

export function AnswerBars({ label, bottom, stitched, top, words }: Props): ReactNode {
  const columns = [
    { name: "B alone", role: "bottom", answer: bottom },
    { name: "stitched", role: "stitch", answer: stitched },
    { name: "A alone", role: "top", answer: top },
  ] as const;
  const comparable = columns.filter(({ answer }) => answer.names.length === top.names.length);
  const shown = shownClasses(
    comparable.map(({ answer }) => answer),
    label === null ? -1 : top.names.indexOf(label),
  );
  const others = top.names.length - shown.length;
  return (
    <table className="answers">
      <caption className="visually-hidden">Probability of each class</caption>
      <thead>
        <tr>
          <td />
          {columns.map(({ name, role, answer }) => (
            <th key={name} scope="col" className={`of-${role}`}>
              {name}
              <Verdict answer={answer} words={words} />
              {answer.names.length !== top.names.length && shareOfAnswer(answer)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((k) => (
          <tr key={k} className={top.names[k] === label ? "is-label" : undefined}>
            <th scope="row">
              {top.names[k]}
              {top.names[k] === label && <span className="visually-hidden"> (label)</span>}
            </th>
            {columns.map(({ name: column, role, answer }) => (
              <td key={column} className={answer.predicted === k ? "is-predicted" : undefined}>
                {answer.names.length === top.names.length && (
                  <Bar role={role} probability={answer.probabilities[k] ?? NaN} />
                )}
              </td>
            ))}
          </tr>
        ))}
        {others > 0 && (
          <tr>
            <th scope="row" className="hint">
              {count(others)} others
            </th>
            {columns.map(({ name, role, answer }) => (
              <td key={name}>
                {answer.names.length === top.names.length && (
                  <Bar role={role} probability={shareOfOthers(answer, shown)} />
                )}
              </td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}

function shareOfOthers({ probabilities }: Answer, shown: readonly number[]): number {
  return Math.max(0, 1 - shown.reduce((sum, k) => sum + (probabilities[k] ?? NaN), 0));
}

function Verdict({ answer, words }: { readonly answer: Answer } & Pick<Props, "words">): ReactNode {
  const { predicted, names, correct } = answer;
  return (
    <span className="verdict">
      {correct !== null && (
        <span className={correct ? "is-right" : "is-wrong"}>
          <span aria-hidden="true">{correct ? "✓" : "✗"} </span>
          <span className="visually-hidden">{correct ? words.right : words.wrong}: </span>
        </span>
      )}
      {predicted === null ? "nothing" : names[predicted]}
    </span>
  );
}

interface BarProps {
  readonly role: "bottom" | "stitch" | "top";
  readonly probability: number;
}

function Bar({ role, probability }: BarProps): ReactNode {
  const known = Number.isFinite(probability);
  return (
    <span className="answer-bar">
      <span>
        <i className={`of-${role}`} style={{ width: known ? `${100 * probability}%` : 0 }} />
      </span>
      <b>{known && probability >= 0.005 ? share(probability) : ""}</b>
    </span>
  );
}
