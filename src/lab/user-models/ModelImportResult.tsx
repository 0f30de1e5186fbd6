/** What became of the files that the visitor gave. Fetched when there is such a file. */
import { useState, type ReactNode } from "react";
import { hasHead } from "../../core/nets/architecture";
import { curvesOf, type Spec } from "../../experiment/spec";
import { withModel } from "../session/experiment/edits";
import { dataChoiceOf, type DataChoice } from "../session/experiment/data-choice";
import type { ModelImport, Refusal } from "../session/own-files/model-import";
import type { LabModel, UserLabModel } from "../engine/models";
import { inShort } from "../session/experiment/model-names";
import { FilePartNotice } from "./FilePartNotice";
import { storageText, refusalWords } from "./import-words";
import { ExperimentFit, NetworkFileFacts } from "./NetworkFileFacts";
import { ReadingFields } from "./ReadingFields";
import { useLabState, useSession } from "../view/services";

interface Props {
  readonly modelImport: ModelImport;
  readonly taken: readonly UserLabModel[];
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly running: boolean;
}

export default function ModelImportResult({ modelImport, taken, ...experiment }: Props): ReactNode {
  const { dataSets } = useLabState();
  const { refused, parts, fit } = modelImport;
  const data = dataChoiceOf(experiment.spec, dataSets ?? []);
  return (
    <>
      {parts.map((part) => (
        <FilePartNotice key={part.sha256} {...{ part, fit, data }} running={experiment.running} />
      ))}
      {taken.map((model) => (
        <Taken key={model.id} {...{ model, data, ...experiment }} />
      ))}
      {refused.map((refusal, k) => (
        // The list only grows, and two files may have one name.
        <Refused key={k} refusal={refusal} />
      ))}
    </>
  );
}

interface TakenProps {
  readonly model: UserLabModel;
  readonly data: DataChoice | null;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly running: boolean;
}

function Taken({ model, data, spec, models, running }: TakenProps): ReactNode {
  const { change, dismissModelImport } = useSession();
  const { id, name } = model;
  // The experiment asked for it: there is nothing to decide, and Settings say what it is.
  const [wasAsked] = useState(() =>
    curvesOf(spec).some(({ top, bottom }) => top === id || bottom === id),
  );
  const possible = hasHead(model.architecture)
    ? (["top", "bottom"] as const)
    : (["bottom"] as const);
  const roles = wasAsked ? [] : possible;
  return (
    <section className="notice notice-happened">
      <div>
        <p>
          <strong>{inShort(name)}</strong> added. {storageText(model)}
        </p>
        {!wasAsked && (
          <>
            <NetworkFileFacts model={model} />
            <div className="buttons own-network-buttons">
              <ReadingFields model={model} disabled={running} />
            </div>
            <ExperimentFit {...{ model, spec, models, data }} />
          </>
        )}
      </div>
      <div className="buttons">
        {roles.map((role) => {
          const isUsed = spec.curves[0][role] === id;
          return (
            // It stays when it is pressed: otherwise the next one would slide under the pointer.
            <button
              key={role}
              type="button"
              className="quiet"
              disabled={running || isUsed}
              aria-pressed={isUsed}
              onClick={() => change((current, all) => withModel(current, role, id, all))}
            >
              Use as {role} network
            </button>
          );
        })}
        <button type="button" className="quiet" onClick={dismissModelImport}>
          Dismiss
        </button>
      </div>
    </section>
  );
}

function Refused({ refusal }: { readonly refusal: Refusal }): ReactNode {
  const { dismissModelImport } = useSession();
  const { name, error } = refusal;
  const { title, advice } = refusalWords(error.code);
  return (
    <section className="notice notice-error" role="alert">
      <h2>
        {name}: {title}
      </h2>
      <p>{advice}</p>
      <p className="exactly">
        <strong>{inShort(error.input)}</strong>: expected {inShort(error.expected)}; found{" "}
        {inShort(error.found)}.
      </p>
      <button type="button" onClick={dismissModelImport}>
        Dismiss
      </button>
    </section>
  );
}
