/** What became of the files that the visitor gave. Fetched when there is such a file. */
import { useState, type ReactNode } from "react";
import type { Role } from "../../experiment/events";
import { hasHead } from "../../core/nets/architecture";
import { curvesOf, type Spec } from "../../experiment/spec";
import { withModel } from "../session/experiment/edits";
import { dataChoiceOf, type DataChoice } from "../session/experiment/data-choice";
import type { ModelImport, Refusal } from "../session/own-files/model-import";
import { userLabModel, type LabModel, type UserLabModel } from "../engine/models";
import { inShort } from "../session/experiment/model-names";
import { FilePartNotice } from "./FilePartNotice";
import { storageText, refusalWords } from "./import-words";
import { ExperimentFit, NetworkFileFacts } from "./NetworkFileFacts";
import { ReadingFields } from "./ReadingFields";
import { useLabState, useSession } from "../view/services";

interface Experiment {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
  /** What a network is chosen for; undefined where it may be either. */
  readonly asked?: Role;
  /** Called once the experiment uses a network. */
  readonly onUsed?: () => void;
}

interface Props extends Experiment {
  readonly modelImport: ModelImport;
  readonly taken: readonly UserLabModel[];
}

export default function ModelImportResult({ modelImport, taken, ...experiment }: Props): ReactNode {
  const { dataSets } = useLabState();
  const { refused, parts, fit, waiting } = modelImport;
  const given = [
    ...taken.map((model) => ({ model, isTaken: true })),
    ...waiting.map((network) => ({
      model: userLabModel({ ...network, stored: false }),
      isTaken: false,
    })),
    // Each stays in its place when it is taken.
  ].sort((a, b) => (a.model.id < b.model.id ? -1 : 1));
  const data = dataChoiceOf(experiment.spec, dataSets ?? []);
  return (
    <>
      {parts.map((part) => (
        <FilePartNotice key={part.sha256} {...{ part, fit, data }} running={experiment.running} />
      ))}
      {given.map(({ model, isTaken }) => (
        <Given key={model.id} {...{ model, isTaken, data, ...experiment }} />
      ))}
      {refused.map((refusal, k) => (
        // The list only grows, and two files may have one name.
        <Refused key={k} refusal={refusal} />
      ))}
    </>
  );
}

interface GivenProps extends Experiment {
  readonly model: UserLabModel;
  /** Whether it is stored; until then the visitor decides. */
  readonly isTaken: boolean;
  readonly data: DataChoice | null;
}

function Given(props: GivenProps): ReactNode {
  const { model, isTaken, data, spec, models, running, asked = "top", onUsed } = props;
  const { change, dismissModelImport, takeNetwork, dropNetwork } = useSession();
  const { id, name, sha256 } = model;
  // The experiment asked for it: there is nothing to decide, and Settings say what it is.
  const [wasAsked] = useState(
    () => isTaken && curvesOf(spec).some(({ top, bottom }) => top === id || bottom === id),
  );
  // Its buttons stay where they are once one is pressed.
  const [wasTaken] = useState(isTaken);
  const both: readonly Role[] = asked === "top" ? ["top", "bottom"] : ["bottom", "top"];
  const possible = hasHead(model.architecture) ? both : (["bottom"] as const);
  const roles = wasAsked ? [] : possible;
  return (
    <section className={wasTaken ? "notice notice-happened" : "notice notice-asks"}>
      <div>
        <p>
          <strong>{inShort(name)}</strong>{" "}
          {isTaken ? `added. ${storageText(model)}` : "is a network. It is not stored yet."}
        </p>
        {!wasAsked && (
          <>
            <NetworkFileFacts model={model} />
            {isTaken && (
              <div className="buttons own-network-buttons">
                <ReadingFields model={model} disabled={running} />
              </div>
            )}
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
              onClick={() => {
                if (isTaken) change((current, all) => withModel(current, role, id, all));
                else takeNetwork(sha256, role);
                onUsed?.();
              }}
            >
              Use as {role} network
            </button>
          );
        })}
        {isTaken ? (
          <button type="button" className="quiet" onClick={dismissModelImport}>
            Dismiss
          </button>
        ) : (
          <>
            <button type="button" className="quiet" onClick={() => takeNetwork(sha256, null)}>
              Keep only<span className="visually-hidden"> {inShort(name)}</span>
            </button>
            <button type="button" className="quiet" onClick={() => dropNetwork(sha256)}>
              Cancel<span className="visually-hidden"> {inShort(name)}</span>
            </button>
          </>
        )}
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
