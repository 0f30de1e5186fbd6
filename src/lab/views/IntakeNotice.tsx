/** What became of the files that the visitor gave: being read, taken, or refused and why. */
import { useEffect, useRef, type ReactNode } from "react";
import { architectureName } from "../../core/nets/architecture";
import type { Spec } from "../../experiment/spec";
import { withModel } from "../session/edits";
import type { Intake, Refusal } from "../session/intake";
import { isOwn, type LabModel, type OwnModel } from "../session/models";
import { inShort, keptWords, refusalWords } from "./own-words";
import { useSession } from "./session-context";

interface Props {
  readonly intake: Intake;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** While a run is under way its experiment stands still. */
  readonly running: boolean;
}

export function IntakeNotice({ intake, spec, models, running }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const { reading, refused } = intake;
  const taken = models.filter(isOwn).filter(({ id }) => intake.taken.includes(id));
  const something = reading !== null || refused.length > 0 || taken.length > 0;

  useEffect(() => {
    // A file may be dropped where this cannot be seen.
    if (something) place.current?.scrollIntoView({ block: "nearest" });
  }, [something, refused.length, taken.length]);

  return (
    <div ref={place} className="intake">
      {/* Always there, so that screen readers read out what comes into it. */}
      <div role="status">
        {reading !== null && (
          <p className="notice notice-happened">
            <span>
              Reading <strong>{reading}</strong>…
            </span>
          </p>
        )}
        {taken.map((model) => (
          <Taken key={model.id} model={model} spec={spec} running={running} />
        ))}
      </div>
      {refused.map((refusal, k) => (
        // The list only grows, and two files may have one name.
        <Refused key={k} refusal={refusal} />
      ))}
    </div>
  );
}

interface TakenProps {
  readonly model: OwnModel;
  readonly spec: Spec;
  readonly running: boolean;
}

function Taken({ model, spec, running }: TakenProps): ReactNode {
  const { change, dismissIntake } = useSession();
  const { id, name, architecture } = model;
  const roles = (["top", "bottom"] as const).filter((role) => spec[role] !== id);
  return (
    <section className="notice notice-happened">
      <div>
        <p>
          <strong>{name}</strong> can be chosen now: {architectureName(architecture)}.{" "}
          {keptWords(model)}
        </p>
      </div>
      <div className="buttons">
        {roles.map((role) => (
          <button
            key={role}
            type="button"
            className="quiet"
            disabled={running}
            onClick={() => {
              change((current, all) => withModel(current, role, id, all));
            }}
          >
            Use as {role} network
          </button>
        ))}
        <button type="button" className="quiet" onClick={dismissIntake}>
          Dismiss
        </button>
      </div>
    </section>
  );
}

function Refused({ refusal }: { readonly refusal: Refusal }): ReactNode {
  const { dismissIntake } = useSession();
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
      <button type="button" onClick={dismissIntake}>
        Dismiss
      </button>
    </section>
  );
}
