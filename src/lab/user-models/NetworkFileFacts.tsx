/** What was read in a network's file, and whether an experiment can have it. */
import type { ReactNode } from "react";
import {
  architectureName,
  classesOf,
  hasHead,
  imageShapeText,
  inputOf,
} from "../../core/nets/architecture";
import type { Architecture } from "../../core/nets/architecture-schema";
import { tapsOf } from "../../core/nets/taps";
import type { Spec } from "../../experiment/spec";
import type { LabModel, UserLabModel } from "../engine/models";
import { count, percent, size } from "../format/numbers";
import { misfitText } from "../images/misfit-text";
import { useEstimates } from "../run-time/use-run-time";
import { misfitOf, type DataChoice } from "../session/experiment/data-choice";
import { withModel } from "../session/experiment/edits";
import { inShort } from "../session/experiment/model-names";

export function NetworkFileFacts({ model }: { readonly model: UserLabModel }): ReactNode {
  const { architecture, contents, joined, sizeBytes } = model;
  const taps = tapsOf(architecture);
  const [first, last] = [taps[0], taps.at(-1)];
  const head = joined?.head;
  return (
    <dl className="facts">
      <dt>Network</dt>
      <dd>
        {nameWithoutClasses(architecture)}
        {contents && `, ${count(contents.parameters)} parameters`}, {size(sizeBytes)}
      </dd>
      <dt>Reads</dt>
      <dd>{imageShapeText(inputOf(architecture))}</dd>
      <dt>Answers</dt>
      <dd>{answersText(architecture)}</dd>
      {head && (
        <>
          <dt>Linear head</dt>
          <dd>
            {head.type === "published"
              ? "from its own file"
              : `fitted to ${count(head.trainImages)} images; test accuracy ${percent(1 - head.testError)} on ${count(head.testImages)} images`}
          </dd>
        </>
      )}
      <dt>Layers to stitch at</dt>
      <dd>
        {taps.length}
        {first && last && first !== last && `, from ${first.name} to ${last.name}`}
      </dd>
      {contents && contents.operators.length > 0 && (
        <>
          <dt>Operators</dt>
          <dd>{contents.operators.join(", ")}</dd>
        </>
      )}
    </dl>
  );
}

function answersText(architecture: Architecture): string {
  if (!hasHead(architecture))
    return "nothing: it has no head, so it can only be the bottom network";
  const outputs = count(classesOf(architecture));
  // A graph may end with scores or with features; its file does not say which.
  return architecture.family === "graph"
    ? `${outputs} numbers, read as scores of ${outputs} classes unless a new head is fitted`
    : `${outputs} classes`;
}

/** What it answers has a line of its own. */
function nameWithoutClasses(architecture: Architecture): string {
  return architectureName(architecture).replace(/, (\d+ classes|no head)/, "");
}

interface FitProps {
  readonly model: UserLabModel;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** Null where the experiment's images are not here. */
  readonly data: DataChoice | null;
}

/** Whether a network goes with the experiment's images and its other network, and how long a run takes. */
export function ExperimentFit({ model, spec, models: known, data }: FitProps): ReactNode {
  const { run } = useEstimates();
  // It may not be taken yet.
  const models = [...known.filter(({ id }) => id !== model.id), model];
  const texts = (["top", "bottom"] as const).map((role) => {
    const next = withModel(spec, role, model.id, models);
    const misfit = data && misfitOf(next, data, models);
    if (misfit) return { role, isFit: false, text: misfitText(misfit, data, models) };
    const time = run(next, models);
    const fits = `fits${data ? ` ${inShort(data.name)} and the other network` : ""}.`;
    return { role, isFit: true, text: time === null ? fits : `${fits} A run takes ${time}.` };
  });
  const [first, ...others] = texts;
  if (first && others.every(({ text }) => text === first.text)) {
    const text = `${first.text.slice(0, 1).toUpperCase()}${first.text.slice(1)}`;
    return <p className="hint">{first.isFit ? text : first.text}</p>;
  }
  return texts.map(({ role, text }) => (
    <p key={role} className="hint">
      As {role} network: {text}
    </p>
  ));
}
