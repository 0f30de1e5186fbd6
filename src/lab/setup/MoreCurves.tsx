/** Further curves in the same charts: other bottoms, the other direction, other stitches. */
import { useId, useMemo, type ReactNode } from "react";
import { presets } from "../../experiment/figures";
import { isLabelControl, type Curve, type Spec } from "../../experiment/spec";
import {
  curvesLeft,
  withCurve,
  withoutCurve,
  withoutOtherCurves,
} from "../session/experiment/curves";
import type { LabModel } from "../engine/models";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { presetOf } from "../session/experiment/preset";
import { titleWithId } from "../session/experiment/model-names";
import { curveIds, curveNames } from "../picture/model/curve-names";
import { useSession } from "../view/services";
import { familyLabel, objectiveLabel, perturbationLabel } from "../format/labels";

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export function MoreCurves({ spec, models }: Props): ReactNode {
  const grid = spec.layout === "grid";
  const { change } = useSession();
  const [, ...others] = spec.curves;
  const names = useMemo(() => {
    const preset = presetOf(spec);
    return preset === null ? curveNames(spec, models) : presets[preset].names;
  }, [spec, models]);
  return (
    <div className="more-curves">
      {others.length > 0 && (
        <ul aria-label="Also in the charts" tabIndex={-1} data-setting="curves">
          {others.map((curve, index) => {
            const ids = curveIds(curve, spec, models);
            const label = names[index + 1] ?? ids;
            return (
              <li key={ids}>
                <span>
                  {label} {label !== ids && <span className="hint">{ids}</span>}
                </span>
                <button
                  type="button"
                  className="quiet"
                  onClick={() => change((current) => withoutCurve(current, index))}
                >
                  Remove
                  <span className="visually-hidden">
                    {" "}
                    {label}, {ids}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {others.length > 1 && (
        <button type="button" className="quiet" onClick={() => change(withoutOtherCurves)}>
          Remove all<span className="visually-hidden"> other curves</span>
        </button>
      )}
      {grid ? (
        others.length > 0 && (
          <p className="hint">
            The grid shows the first pair only. Other curves are computed too and are in the report.
          </p>
        )
      ) : (
        <AddCurve spec={spec} models={models} />
      )}
    </div>
  );
}

interface Choice {
  readonly label: string;
  readonly change: Partial<Curve>;
}

function AddCurve({ spec, models }: Props): ReactNode {
  const { change } = useSession();
  const selectId = useId();
  const groups = choices(spec, models).filter((group) => group.choices.length > 0);
  const all = groups.flatMap((group) => group.choices);
  if (all.length === 0) return null;
  return (
    <>
      <label htmlFor={selectId}>Compare with</label>{" "}
      <span className="hint">
        a <GlossaryTerm term="control">control</GlossaryTerm>, or a curve that differs in one way
      </span>
      <select
        id={selectId}
        value=""
        onChange={({ target }) => {
          const chosen = all.find(({ label }) => label === target.value);
          if (chosen) change((current, known) => withCurve(current, chosen.change, known));
        }}
      >
        <option value="">Add a curve…</option>
        {groups.map((group) => (
          <optgroup key={group.title} label={group.title}>
            {group.choices.map(({ label }) => (
              <option key={label} value={label}>
                {label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </>
  );
}

function choices(
  spec: Spec,
  models: readonly LabModel[],
): readonly { readonly title: string; readonly choices: readonly Choice[] }[] {
  const { controls, bottoms, otherWay, families, objectives, perturbations } = curvesLeft(
    spec,
    models,
  );
  const name = (id: string): string => titleWithId(id, models);
  const [first] = spec.curves;
  const swap = { top: first.bottom, bottom: first.top };
  const fitted = objectives.map((objective): Choice => ({
    label: objectiveLabel(objective),
    change: { objective },
  }));
  const perturbed = perturbations.map((perturbation): Choice => ({
    label: perturbationLabel(perturbation),
    change: { perturbation },
  }));
  const isControl = (choice: Choice): boolean => isLabelControl(choice.change);
  const isOther = (choice: Choice): boolean => !isControl(choice);
  return [
    {
      title: "Controls",
      choices: [
        ...controls.map(({ id }) => ({
          label: name(id) + (id === first.top ? " (the top itself)" : ""),
          change: { bottom: id },
        })),
        ...[...perturbed, ...fitted].filter(isControl),
      ],
    },
    {
      title: "Other bottoms",
      choices: bottoms
        .filter((model) => !controls.includes(model))
        .map(({ id }) => ({ label: name(id), change: { bottom: id } })),
    },
    {
      title: "Reverse direction",
      choices: otherWay
        ? [{ label: `${name(swap.bottom)} into ${name(swap.top)}`, change: swap }]
        : [],
    },
    {
      title: "Other stitches",
      choices: families.map((family) => ({ label: familyLabel(family), change: { family } })),
    },
    {
      title: "Fitted to something else",
      choices: fitted.filter(isOther),
    },
    {
      title: "Perturbed bottom",
      choices: perturbed.filter(isOther),
    },
  ];
}
