/** The penalty class by class, as bars and as a table. */
import type { ReactNode } from "react";
import { penaltyOf } from "../../../core/scoring/penalty";
import { penaltyByClass } from "../../../core/scoring/changes";
import type { Inspection } from "../../../engine/host/inspect";
import { ClassPenaltyChart } from "../charts/ClassPenaltyChart";
import { classPenaltyChart } from "../charts/descriptions";
import { count, percent, signedPoints } from "../../format/numbers";
import type { TargetWords } from "../../format/target-words";
import { GlossaryTerm } from "../../learn/GlossaryTerm";
import type { CorrectAnswers } from "./correct-answers";
import { Section } from "./Section";

interface Props {
  readonly inspection: Inspection;
  readonly correct: CorrectAnswers;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
}

export function ClassPenalties({ inspection, correct, words }: Props): ReactNode {
  const { top, stitched } = inspection;
  const { classes } = top;
  const found = penaltyByClass(stitched.wrong, top.wrong, correct.answers, classes);
  const penalty = penaltyOf(stitched.wrong, top.wrong).value;
  const name = (answer: number): string => correct.names[answer] ?? String(answer);
  const chart = classPenaltyChart(
    found.map(({ answer, penalty: own }) => ({ name: name(answer), penalty: 100 * own })),
    100 * penalty,
    words.name,
  );
  return (
    <Section
      title={
        <>
          <GlossaryTerm term="penalty">{words.name}</GlossaryTerm> by{" "}
          {words.isAgreement ? "the top’s answer" : "class"}, in percentage points
        </>
      }
    >
      <ClassPenaltyChart chart={chart} />
      <p className="hint">
        Dashed line: {words.name.toLowerCase()} over all classes, {signedPoints(penalty)}.
      </p>
      <details>
        <summary>Table</summary>
        <table>
          <caption>
            Test {words.measured} by {words.isAgreement ? "the top’s answer" : "class"}: top alone
            and stitched.
          </caption>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Images</th>
              <th scope="col">Top alone</th>
              <th scope="col">Stitched</th>
              <th scope="col">{words.name}</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ answer, images: own, topError, stitchedError, penalty: penaltyHere }) => (
              <tr key={answer}>
                <th scope="row">{name(answer)}</th>
                <td>{count(own)}</td>
                <td>{percent(topError)}</td>
                <td>{percent(stitchedError)}</td>
                <td>{signedPoints(penaltyHere)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}
