/** What was read in a network's file, and whether an experiment can have it. */
import type { ReactNode } from "react";
import {
  architectureName,
  classesOf,
  imageShapeText,
  inputOf,
  tapsOf,
} from "../../core/nets/architecture";
import type { Role } from "../../experiment/events";
import type { Spec } from "../../experiment/spec";
import type { LabModel, UserLabModel } from "../engine/models";
import { count, percent, size } from "../format/numbers";
import { misfitText } from "../images/misfit-text";
import { useEstimates } from "../run-time/use-run-time";
import { misfitOf, type DataChoice } from "../session/data-choice";
import { withModel } from "../session/edits";

export function NetworkFileFacts({ model }: { readonly model: UserLabModel }): ReactNode {
  const { architecture, contents, joined, sizeBytes } = model;
  const taps = tapsOf(architecture);
  const [first, last] = [taps[0], taps.at(-1)];
  const head = joined?.head;
  return (
    <dl className="facts">
      <dt>Network</dt>
      <dd>
        {architectureName(architecture)}
        {contents && `, ${count(contents.parameters)} parameters`}, {size(sizeBytes)}
      </dd>
      <dt>Reads</dt>
      <dd>{imageShapeText(inputOf(architecture))}</dd>
      <dt>Answers</dt>
      <dd>{count(classesOf(architecture))} classes</dd>
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

interface FitsProps {
  readonly model: UserLabModel;
  readonly role: Role;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** Null where the experiment's images are not here. */
  readonly data: DataChoice | null;
}

/** Whether a network goes with the experiment's images and its other network, and how long a run takes. */
export function FitsAs({ model, role, spec, models, data }: FitsProps): ReactNode {
  const { run } = useEstimates();
  const next = withModel(spec, role, model.id, models);
  const misfit = data && misfitOf(next, data, models);
  const time = run(next);
  if (misfit) {
    return (
      <p className="hint">
        As {role} network: {misfitText(misfit, data, models)}
      </p>
    );
  }
  return (
    <p className="hint">
      As {role} network: fits{data && ` ${data.name} and the other network`}.
      {time !== null && ` A run takes ${time}.`}
    </p>
  );
}
