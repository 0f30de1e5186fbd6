/** The choice of the images, and of what counts as a correct answer. */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { dataChoiceOf } from "../session/experiment/data-choice";
import { withTarget } from "../session/experiment/edits";
import { inShort, shortHash } from "../session/experiment/model-names";
import { lazyPart } from "../ui/lazy-part";
import { PageDialog } from "../ui/PageDialog";
import { useLabState, useSession } from "../view/services";

const DataSetList = lazyPart("the list of images", () => import("./DataSetList"));

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export function DataPicker({ spec, models }: Props): ReactNode {
  const { change } = useSession();
  const choice = dataChoiceOf(spec, useLabState().dataSets ?? []);
  const hasLabels = choice === null || choice.form.classes.names.length > 0;
  return (
    <section aria-labelledby="images-title">
      <div className="section-head">
        <h2 id="images-title">Images</h2>
        <DataSetDialog spec={spec} models={models} label="Change images" buttonClass="quiet" />
      </div>
      <p>{useDataName(spec)}</p>
      <div className="choices" role="radiogroup" aria-label="Correct means">
        <h3>
          <GlossaryTerm term="correct">Correct means</GlossaryTerm>
        </h3>
        <label className="choice">
          <input
            type="radio"
            name="target"
            checked={spec.target === undefined}
            disabled={!hasLabels}
            onChange={() => change((current) => withTarget(current, false))}
          />
          <span>
            the image’s label
            {!hasLabels && <span className="hint">These images have none.</span>}
          </span>
        </label>
        <label className="choice">
          <input
            type="radio"
            name="target"
            checked={spec.target === "top"}
            onChange={() => change((current) => withTarget(current, true))}
          />
          <span>
            the top’s own answer
            <span className="hint">Measures agreement, on any images.</span>
          </span>
        </label>
      </div>
    </section>
  );
}

interface DialogProps extends Props {
  readonly label: string;
  /** On the button instead of the label. */
  readonly words?: ReactNode;
  readonly buttonClass: string;
  readonly disabled?: boolean;
}

/** A button that opens the list of data sets. */
export function DataSetDialog({ spec, models, ...button }: DialogProps): ReactNode {
  return (
    <PageDialog title="Choose the images" {...button}>
      {(close) => <DataSetList spec={spec} models={models} onChosen={close} />}
    </PageDialog>
  );
}

/** The name of an experiment's data set. */
export function useDataName(spec: Spec): string {
  const name = dataChoiceOf(spec, useLabState().dataSets ?? [])?.name;
  return name === undefined
    ? `missing: ${shortHash((spec.data ?? "").replace("sha256:", ""))}`
    : inShort(name);
}
