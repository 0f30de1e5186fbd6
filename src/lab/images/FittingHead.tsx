/** The fit of a linear head, how far it is, and its end. */
import type { ReactNode } from "react";
import { inShort } from "../session/experiment/model-names";
import type { ModelImport } from "../session/own-files/model-import";
import { useSession } from "../view/services";

interface Props {
  /** What the head is fitted to. */
  readonly name: string;
  readonly fit: NonNullable<ModelImport["fit"]>;
}

export function FittingHead({ name, fit: { fraction, activity } }: Props): ReactNode {
  const { cancelFit } = useSession();
  return (
    <section className="notice notice-happened">
      <div>
        <p>
          Fitting a linear head to <strong>{inShort(name)}</strong>: {activity}
        </p>
        <progress max={1} value={fraction} aria-label="Fit of the linear head" />
      </div>
      <div className="buttons">
        <button type="button" className="quiet" onClick={cancelFit}>
          Cancel
        </button>
      </div>
    </section>
  );
}
