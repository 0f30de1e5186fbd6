/** Which backend computes, on what, why, and the choice of another. */
import { useId, type ReactNode } from "react";
import type { BackendChoice } from "../../engine/probe-result";
import { backendNameSchema, type BackendName } from "../../experiment/report";
import type { Loaded } from "../session/state";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useSession } from "../view/services";
import { LazyDetails, lazyPart } from "../ui/lazy-part";
import { backendLabels } from "../format/labels";

const Probes = lazyPart("the backends", () => import("./Probes"));

interface Props {
  /** The visitor's choice; null leaves it to the probe. */
  readonly chosen: BackendName | null;
  readonly probe: Loaded<BackendChoice>;
  readonly onRetry: () => void;
}

export function BackendPicker({ chosen, probe, onRetry }: Props): ReactNode {
  return (
    <section aria-labelledby="backend-title">
      <h2 id="backend-title">Backend</h2>
      <Probed chosen={chosen} probe={probe} onRetry={onRetry} />
    </section>
  );
}

function Probed({ chosen, probe, onRetry }: Props): ReactNode {
  switch (probe.status) {
    case "loading":
      return <p role="status">Detecting backends…</p>;
    case "failed":
      return <ErrorAlert error={probe.error} onRetry={onRetry} />;
    case "ready":
      return <Choice chosen={chosen} choice={probe.value} />;
    default:
      return probe satisfies never;
  }
}

interface ChoiceProps {
  readonly chosen: BackendName | null;
  readonly choice: BackendChoice;
}

function Choice({ chosen, choice }: ChoiceProps): ReactNode {
  const { chooseBackend } = useSession();
  const id = useId();
  const used = chosen ?? choice.chosen;
  const probe = choice.probes.find(({ backend }) => backend === used);
  return (
    <>
      <p>
        Runs on <strong>{backendLabels[used]}</strong>
        {probe?.adapter && <> ({probe.adapter})</>}.
      </p>
      <p className="hint">
        {chosen === null
          ? `Chosen automatically: ${choice.reason}.`
          : "Set for this experiment, not chosen automatically."}
      </p>
      <label htmlFor={id}>Compute on</label>
      <select
        id={id}
        value={chosen ?? ""}
        onChange={({ target }) =>
          chooseBackend(backendNameSchema.safeParse(target.value).data ?? null)
        }
      >
        <option value="">Automatic: {backendLabels[choice.chosen]}</option>
        {choice.probes.map(({ backend, usable, reason }) => (
          <option key={backend} value={backend} disabled={!usable}>
            {backendLabels[backend]}
            {!usable && ` – ${reason}`}
          </option>
        ))}
      </select>
      <LazyDetails summary="All backends">
        <Probes probes={choice.probes} />
      </LazyDetails>
    </>
  );
}
