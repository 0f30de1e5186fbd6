/** The penalty class by class, as bars and as a table. */
import type { ReactNode } from "react";
import { labelsFor } from "../../core/data/form";
import { penaltyOf } from "../../core/scoring/penalty";
import { penaltyByClass } from "../../core/scoring/changes";
import type { Inspection, TestLabels } from "../../engine/host/inspect";
import { ClassPenaltyChart } from "./charts/ClassPenaltyChart";
import { classPenaltyChart } from "./charts/descriptions";
import { answerNames } from "../format/labels";
import { count, percent, signedPoints } from "../format/numbers";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { Section } from "./Section";

interface Props {
  readonly inspection: Inspection;
  readonly labels: TestLabels;
}

export function ClassPenalties({ inspection, labels }: Props): ReactNode {
  const { top, stitched } = inspection;
  const { classes } = top;
  const answers = labelsFor(labels.labels, labels.classes, classes);
  const found = penaltyByClass(stitched.wrong, top.wrong, answers, classes);
  const penalty = penaltyOf(stitched.wrong, top.wrong).value;
  const names = answerNames(labels.classes, classes);
  const name = (answer: number): string => names[answer] ?? String(answer);
  const chart = classPenaltyChart(
    found.map(({ answer, penalty: own }) => ({ name: name(answer), penalty: 100 * own })),
    100 * penalty,
  );
  return (
    <Section
      title={
        <>
          <GlossaryTerm term="penalty">Penalty</GlossaryTerm> by class, in percentage points
        </>
      }
    >
      <ClassPenaltyChart chart={chart} />
      <p className="hint">Dashed line: penalty over all classes, {signedPoints(penalty)}.</p>
      <details>
        <summary>Table</summary>
        <table>
          <caption>Test error by class: top alone and stitched.</caption>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Images</th>
              <th scope="col">Top alone</th>
              <th scope="col">Stitched</th>
              <th scope="col">Penalty</th>
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
