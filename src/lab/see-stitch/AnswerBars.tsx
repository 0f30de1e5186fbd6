/**
 * What B alone, the stitched network and A alone answer: a bar for each class and network that has
 * a head. Of many classes, those that matter most.
 */
import type { ReactNode } from "react";
import type { TargetWords } from "../format/target-words";
import { count } from "../format/numbers";
import { share, shareOfAnswer, shownClasses, type Answer } from "./answers";

interface Props {
  /** The class that the image is of; null for one of the visitor's own. */
  readonly label: string | null;
  /** Null where it has no head. */
  readonly bottom: Answer | null;
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
  /** An answer about the top's classes. */
  const comparable = (answer: Answer | null): Answer | null =>
    answer?.names.length === top.names.length ? answer : null;
  const shown = shownClasses(
    columns.flatMap(({ answer }) => comparable(answer) ?? []),
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
              {answer ? (
                <Verdict answer={answer} words={words} />
              ) : (
                <span className="verdict">has no head</span>
              )}
              {answer && !comparable(answer) && shareOfAnswer(answer)}
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
              <td key={column} className={answer?.predicted === k ? "is-predicted" : undefined}>
                <BarOf role={role} answer={comparable(answer)} share={shareOfClass(k)} />
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
                <BarOf role={role} answer={comparable(answer)} share={shareOfOthers(shown)} />
              </td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}

type ShareOf = (answer: Answer) => number;

function shareOfClass(k: number): ShareOf {
  return ({ probabilities }) => probabilities[k] ?? NaN;
}

function shareOfOthers(shown: readonly number[]): ShareOf {
  return ({ probabilities }) =>
    Math.max(0, 1 - shown.reduce((sum, k) => sum + (probabilities[k] ?? NaN), 0));
}

interface BarOfProps extends Pick<BarProps, "role"> {
  /** Null where there is none about these classes. */
  readonly answer: Answer | null;
  readonly share: ShareOf;
}

function BarOf({ role, answer, share: of }: BarOfProps): ReactNode {
  return answer && <Bar role={role} probability={of(answer)} />;
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
