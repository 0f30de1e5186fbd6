/** What the report has of a stitch. */
import type { ReactNode } from "react";
import { penaltyInterval } from "../../../core/scoring/bootstrap";
import type { MeasureName } from "../../../core/similarity/measures";
import type { MeasureNull } from "../../../core/similarity/null";
import type { SiteResult } from "../../../experiment/report";
import { measureLabels } from "../../format/labels";
import { count, number, percent, signedPoints, similarityText } from "../../format/numbers";
import { GlossaryTerm } from "../../learn/GlossaryTerm";
import { Section } from "./Section";

interface Props {
  readonly result: SiteResult;
  /** Whether the stitch was trained for the task. */
  readonly isTask: boolean;
  /** How many the penalty was measured on. */
  readonly testImages: number;
  /** Those that similarity is measured on, for people. */
  readonly images: string;
}

export function Numbers({ result, isTask, testImages, images }: Props): ReactNode {
  const { similarity, leastSquaresTestError, condition, deadChannels } = result;
  const { similarityNull, connections, steps, finalTrainLoss } = result;
  const interval = penaltyInterval(
    { value: result.penalty, standardError: result.penaltyStandardError },
    testImages,
  );
  const names = Object.keys(measureLabels) as MeasureName[];
  return (
    <Section title="Numbers">
      <dl className="inspector-numbers">
        <Entry
          name="penalty, 95% interval"
          text={`${signedPoints(interval.low)} to ${signedPoints(interval.high)}`}
        />
        <Entry
          name={
            <>
              test error, <GlossaryTerm term="leastSquares">least-squares stitch</GlossaryTerm>
            </>
          }
          text={percent(leastSquaresTestError)}
        />
        {connections && (
          <Entry
            name="connections kept"
            text={`${count(connections.kept)} of ${count(connections.of)}`}
          />
        )}
        <Entry name="training steps" text={count(steps)} />
        {finalTrainLoss !== null && (
          <Entry
            name={isTask ? "final training loss, in nats" : "final training loss, in variances"}
            text={finalTrainLoss.toFixed(3)}
          />
        )}
        {names.map((name) => {
          const value = similarity[name];
          if (value === undefined) return null;
          const text = value === null ? "undefined" : similarityText(value);
          const chance = similarityNull?.[name];
          return (
            <Entry
              key={name}
              name={`${measureLabels[name]}, on ${images}`}
              text={chance ? `${text} (${chanceText(chance)})` : text}
            />
          );
        })}
        <Entry name="constant channels of the bottom" text={count(deadChannels)} />
        <Entry
          name="condition number of the bottom’s covariance, at least"
          text={number(condition)}
        />
      </dl>
    </Section>
  );
}

/** How far a value is above chance, and how often chance reaches it. */
function chanceText({ calibrated, pValue }: MeasureNull): string {
  const level = calibrated === null ? "" : `calibrated ${similarityText(calibrated)}, `;
  return `${level}p = ${pValue.toPrecision(2)}`;
}

function Entry({ name, text }: { readonly name: ReactNode; readonly text: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}
