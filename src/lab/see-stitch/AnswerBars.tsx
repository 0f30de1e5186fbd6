/** What B alone, the stitched network and A alone answer: a bar for each class and network. */
import type { ReactNode } from "react";
import type { TargetWords } from "../format/target-words";
import { share, shareOfAnswer, type Answer } from "./answers";

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
        {top.names.map((name, k) => (
          <tr key={name} className={name === label ? "is-label" : undefined}>
            <th scope="row">
              {name}
              {name === label && <span className="visually-hidden"> (label)</span>}
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
      </tbody>
    </table>
  );
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
