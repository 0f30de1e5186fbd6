/** Puts a network that was trained here into the experiment. */
import type { ReactNode } from "react";
import { withCurve } from "../session/experiment/curves";
import { withModel } from "../session/experiment/edits";
import { underWay, workbenchOf } from "../session/state";
import { useLabState, useSession } from "../view/services";

interface Props {
  readonly id: string;
  /** What it is called, for screen readers. */
  readonly name: string;
}

export function UseButtons({ id, name }: Props): ReactNode {
  const { change } = useSession();
  const bench = workbenchOf(useLabState());
  if (!bench || bench.models.every((model) => model.id !== id)) return null;
  const isRunning = underWay(bench.activity) !== null;
  const [first, ...others] = bench.address.spec.curves;
  const isAdded = others.some(({ bottom }) => bottom === id);
  const of = <span className="visually-hidden">: {name}</span>;
  return (
    <>
      {(["bottom", "top"] as const).map((role) => (
        <button
          key={role}
          type="button"
          className="quiet"
          disabled={isRunning || first[role] === id}
          aria-pressed={first[role] === id}
          onClick={() => change((spec, models) => withModel(spec, role, id, models))}
        >
          Use as {role}
          {of}
        </button>
      ))}
      <button
        type="button"
        className="quiet"
        disabled={isRunning || isAdded || first.bottom === id}
        aria-pressed={isAdded}
        onClick={() => change((spec, models) => withCurve(spec, { bottom: id }, models))}
      >
        Add as another bottom{of}
      </button>
    </>
  );
}
