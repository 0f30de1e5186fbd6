/** The parts of the inspector, once what is stored of the stitch is here. */
import { useCallback, type ReactNode } from "react";
import type { Inspection, TestLabels } from "../../engine/host/inspect";
import type { ObjectiveName } from "../../experiment/objective";
import type { ErrorByEpoch, SiteResult } from "../../experiment/report";
import { useStitchSource } from "../view/services";
import type { LabModel } from "../engine/models";
import type { TargetWords } from "../format/target-words";
import { ClassPenalties } from "./sections/ClassPenalties";
import { EpochsPart } from "./sections/EpochsPart";
import { correctAnswers } from "./sections/correct-answers";
import { Arithmetic, FlippedImages } from "./sections/FlippedImages";
import { LossPart } from "./sections/LossPart";
import { MatrixPart } from "./sections/MatrixPart";
import { Section } from "./sections/Section";
import { ShiftPart } from "./sections/ShiftPart";
import { useOnce } from "../ui/use-once";

interface Props {
  readonly inspection: Inspection;
  /** The data set, as in a spec. */
  readonly data: string | undefined;
  readonly result: SiteResult;
  readonly objective: ObjectiveName;
  /** Test errors of the top in its own training, where they are known. */
  readonly topLearned: ErrorByEpoch | undefined;
  /** Another one for another stitch. */
  readonly stitch: string;
  /** The top, as far as it is here. */
  readonly network: LabModel | undefined;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
  /** In words, after the sum. */
  readonly summary: ReactNode;
}

export function InspectorBody(props: Props): ReactNode {
  const { inspection, data, result, objective, topLearned, stitch, network } = props;
  const { words, summary } = props;
  return (
    <>
      <Arithmetic {...{ inspection, words }} />
      {summary}
      {inspection.labels ? (
        <WithLabels {...{ inspection, data, stitch, network, words }} labels={inspection.labels} />
      ) : (
        <ReadLabels {...{ inspection, data, stitch, network, words }} />
      )}
      {result.errorByEpoch ? (
        <EpochsPart
          learned={result.errorByEpoch}
          top={topLearned}
          classes={inspection.top.classes}
        />
      ) : (
        <MatrixPart {...inspection} />
      )}
      <LossPart {...{ inspection, result, objective }} />
      {!result.errorByEpoch && <ShiftPart inspection={inspection} />}
    </>
  );
}

type LabelledProps = Pick<Props, "inspection" | "data" | "stitch" | "network" | "words">;

function ReadLabels({ inspection, data, stitch, network, words }: LabelledProps): ReactNode {
  const source = useStitchSource();
  const count = inspection.top.wrong.length;
  const ask = useCallback(() => source.testLabels(count, data), [source, count, data]);
  const labels = useOnce(ask, "the test images");
  if (labels.status === "ready") {
    return <WithLabels {...{ inspection, data, stitch, network, words }} labels={labels.value} />;
  }
  return (
    <Section title="Flipped images">
      {labels.status === "loading" ? (
        <p role="status">Loading test images…</p>
      ) : (
        <p className="notice notice-problems">
          Could not load the test images. Flipped images and the penalty by class are not shown.{" "}
          {labels.error.input}: expected {labels.error.expected}; found {labels.error.found}.
        </p>
      )}
    </Section>
  );
}

function WithLabels({
  inspection,
  data,
  stitch,
  network,
  words,
  labels,
}: LabelledProps & { readonly labels: TestLabels }): ReactNode {
  const correct = correctAnswers(inspection, labels, words, network);
  if (!correct) return null;
  return (
    <>
      <FlippedImages key={stitch} {...{ inspection, data, labels, correct, words }} />
      <ClassPenalties {...{ inspection, correct, words }} />
    </>
  );
}
